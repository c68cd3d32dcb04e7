import * as v from 'valibot';
import { notice } from './notice.ts';
import { pluginState } from './plugin-state.ts';
import { pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tabId } from './tab-health.ts';
import { tabState } from './tab-state.ts';

/** Everything that the shell draws of one window, always sent whole: a shell that was reloaded needs no history. */
export const windowState = v.strictObject({
  tabs: v.array(tabState),
  activeTab: v.nullable(tabId),
  plugins: v.array(pluginState),
  /** What happened to processes that are no tabs and has not been dismissed, oldest first. */
  notices: v.array(notice),
  /** The shell's own renderer and the browser process. */
  shellPid: v.nullable(pid),
  browserPid: pid,
  runtime: runtimeVersions,
});
export type WindowState = v.InferOutput<typeof windowState>;
