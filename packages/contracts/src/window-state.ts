import * as v from 'valibot';
import { notice } from './notice.ts';
import { pluginState } from './plugin-state.ts';
import { bounded, count, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tabId } from './tab-health.ts';
import { tabState } from './tab-state.ts';

/** What there is to say of the session: the tabs that the next start would have. */
export const sessionState = v.strictObject({
  /**
   * Set when the last session had not been ended by a person and its tabs were opened again, until it is dismissed.
   * `damaged`: its newest state could not be read. The tabs are those of the state before, or there are none.
   */
  restored: v.nullable(v.strictObject({ tabs: count, damaged: v.boolean() })),
  /** Why the session cannot be saved, in the system's words; null while it can. */
  unsaved: v.nullable(bounded(1024)),
  /** There is a closed tab, or a last session, to be had back. */
  reopenable: v.boolean(),
});

/** Everything that the shell draws of one window, always sent whole: a shell that was reloaded needs no history. */
export const windowState = v.strictObject({
  tabs: v.array(tabState),
  activeTab: v.nullable(tabId),
  plugins: v.array(pluginState),
  /** What happened to processes that are no tabs and has not been dismissed, oldest first. */
  notices: v.array(notice),
  session: sessionState,
  /** The window is to be closed, and the pages of these tabs may hold something that the user would lose. */
  closing: v.nullable(v.strictObject({ tabs: v.array(tabId) })),
  /** The shell's own renderer and the browser process. */
  shellPid: v.nullable(pid),
  browserPid: pid,
  runtime: runtimeVersions,
});
export type WindowState = v.InferOutput<typeof windowState>;
