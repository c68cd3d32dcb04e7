import * as v from 'valibot';
import { addressRequests } from './address-request.ts';
import { notice } from './notice.ts';
import { pluginState } from './plugin-state.ts';
import { bounded, count, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tabId } from './tab-health.ts';
import { tabState } from './tab-state.ts';

/**
 * Why the tabs of the last session are in the strip and none of them was loaded: the program has ended twice soon after
 * its start, or while it loaded them.
 */
export const heldBecause = v.picklist(['ended-early', 'ended-restoring']);
export type HeldBecause = v.InferOutput<typeof heldBecause>;

/** What the window says of the session: the tabs that the next start would have. */
export const sessionState = v.strictObject({
  /**
   * Set when the last session did not end by the user's wish and its tabs were opened again, until it is dismissed.
   * `held`: none of its tabs was loaded, for this reason. `damaged`: its newest state could not be read. The tabs are
   * those of the state before.
   */
  restored: v.nullable(v.strictObject({ tabs: count, damaged: v.boolean(), held: v.nullable(heldBecause) })),
  /** Why the session cannot be saved, in the system's words; null while it can. */
  unsaved: v.nullable(bounded(1024)),
  /** There is a closed tab, or a last session, to reopen. */
  reopenable: v.boolean(),
});

/** What the shell draws of one window besides its tabs. */
export const windowState = v.strictObject({
  activeTab: v.nullable(tabId),
  addressRequests,
  plugins: v.array(pluginState),
  /** The status bar is to show what plugins read in frames. */
  showsPluginFigures: v.boolean(),
  /** What happened to processes that are no tabs and has not been dismissed, oldest first. */
  notices: v.array(notice),
  session: sessionState,
  /** The window is to be closed, and the pages of these tabs may hold something that the user would lose. */
  closing: v.nullable(v.strictObject({ tabs: v.array(tabId), downloads: count })),
  /** The shell's own renderer and the browser process. */
  shellPid: v.nullable(pid),
  browserPid: pid,
  runtime: runtimeVersions,
});
export type WindowState = v.InferOutput<typeof windowState>;

/** Every tab of the strip from left to right. The first `pinned` of them are pinned. */
export const tabOrder = v.strictObject({ tabs: v.array(tabId), pinned: count });
export type TabOrder = v.InferOutput<typeof tabOrder>;

/**
 * The difference between what the shell knows and what the browser knows. The first one of a stream begins with
 * nothing, so a shell that was reloaded needs no history. A difference has a bounded size: after a start with thousands
 * of tabs, the strip's order comes first and the tabs follow in pieces, those beside the active tab before the others.
 */
export const windowChange = v.strictObject({
  /** Set when it differs. A tab that it does not name has gone; a tab that it names may come in a later piece. */
  order: v.nullable(tabOrder),
  /** Tabs that the shell does not know yet, or that are to replace what it knows. */
  tabs: v.array(tabState),
  /** Of tabs that it knows, only the fields that differ. */
  changed: v.array(v.strictObject({ ...v.partial(tabState).entries, id: tabId })),
  /** Set when it differs. */
  window: v.nullable(windowState),
});
export type WindowChange = v.InferOutput<typeof windowChange>;
