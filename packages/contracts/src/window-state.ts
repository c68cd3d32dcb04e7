import * as v from 'valibot';
import { pluginState } from './plugin-state.ts';
import { bounded, pid } from './primitives.ts';
import { tabId, tabState } from './tab-state.ts';

export const runtimeVersions = v.strictObject({
  bulkhead: bounded(32),
  electron: bounded(32),
  chromium: bounded(32),
  node: bounded(32),
});
export type RuntimeVersions = v.InferOutput<typeof runtimeVersions>;

/** Everything that the shell draws of one window, always sent whole: a shell that was reloaded needs no history. */
export const windowState = v.strictObject({
  tabs: v.array(tabState),
  activeTab: v.nullable(tabId),
  plugins: v.array(pluginState),
  /** The shell's own renderer and the browser process. */
  shellPid: v.nullable(pid),
  browserPid: pid,
  runtime: runtimeVersions,
});
export type WindowState = v.InferOutput<typeof windowState>;
