import * as v from 'valibot';
import { addressRequests } from './address-request.ts';
import { notice } from './notice.ts';
import { pluginState } from './plugin-state.ts';
import { bounded, count, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tabId } from './tab-health.ts';
import { tabState } from './tab-state.ts';

/**
 * Why no tab of the last session was loaded, although they are in the strip: the app has ended twice soon after its
 * start, or while it loaded them.
 */
export const heldBecause = v.picklist(['ended-early', 'ended-restoring']);
export type HeldBecause = v.InferOutput<typeof heldBecause>;

/** State of the session, which is the tabs that the next start would have. */
export const sessionState = v.strictObject({
  /**
   * Set until dismissed if the last session had an unclean end and its tabs were opened again. `held`: none of its tabs
   * was loaded, for this reason. `damaged`: its newest state could not be read, and the tabs are those of the previous
   * state.
   */
  restored: v.nullable(v.strictObject({ tabs: count, damaged: v.boolean(), held: v.nullable(heldBecause) })),
  /** Why the session cannot be saved, in the system's words; null while it can. */
  unsaved: v.nullable(bounded(1024)),
  /** Whether there is a closed tab or a last session to reopen. */
  reopenable: v.boolean(),
});

/** State of one window apart from its tabs. */
export const windowState = v.strictObject({
  activeTab: v.nullable(tabId),
  addressRequests,
  plugins: v.array(pluginState),
  /** Whether the status bar shows the plugins' findings on frames. */
  showsPluginFigures: v.boolean(),
  /** Notices that have not been dismissed, oldest first. */
  notices: v.array(notice),
  session: sessionState,
  /**
   * Set while the user is asked whether to close the window: tabs that may hold unsaved work, and running downloads.
   */
  closing: v.nullable(v.strictObject({ tabs: v.array(tabId), downloads: count })),
  /** PIDs of the shell's renderer and the browser process. */
  shellPid: v.nullable(pid),
  browserPid: pid,
  runtime: runtimeVersions,
});
export type WindowState = v.InferOutput<typeof windowState>;

/** Every tab of the strip from left to right. The first `pinned` of them are pinned. */
export const tabOrder = v.strictObject({ tabs: v.array(tabId), pinned: count });
export type TabOrder = v.InferOutput<typeof tabOrder>;

/**
 * Difference between the shell's state and the browser's. The first difference of a stream starts from an empty state,
 * so a reloaded shell needs no history. Differences have a bounded size: after a start with thousands of tabs, the
 * strip's order comes first, and the tabs follow in pieces, those nearest the active tab first.
 */
export const windowChange = v.strictObject({
  /** Set if it differs. A tab that is not in it is closed; a tab that is in it may come in a later piece. */
  order: v.nullable(tabOrder),
  /** Complete states of tabs, new or to replace the shell's. */
  tabs: v.array(tabState),
  /** For tabs that the shell knows, only the fields that differ. */
  changed: v.array(v.strictObject({ ...v.partial(tabState).entries, id: tabId })),
  /** Set if it differs. */
  window: v.nullable(windowState),
});
export type WindowChange = v.InferOutput<typeof windowChange>;
