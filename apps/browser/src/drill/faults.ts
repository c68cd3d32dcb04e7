import { once } from 'node:events';
import type { Tab } from '../tabs/tab.ts';
import type { DrillTarget } from './drill-target.ts';
import { whenPainted } from './painted.ts';
import { within } from './until.ts';

/** The victim and its times since the fault, ms. */
export interface Injury {
  pid: number;
  detectedMs: number;
  shownMs: number;
}

/** Breaks the active tab by `cause`. Resolves when its sad tab is on the screen. */
export async function injureTab(target: DrillTarget, tab: Tab, cause: (pid: number) => void): Promise<Injury> {
  const { pid } = tab;
  if (pid === null) throw new Error(`tab ${tab.id} has no process`);
  const detected = once(tab, 'ended').then(() => performance.now());
  const shown = whenPainted(target.shell, 'sad-tab', pid);
  const startedAt = performance.now();
  cause(pid);
  const [detectedAt, shownAt] = await Promise.all([
    within(`the end of tab ${tab.id} to be noticed`, detected),
    within(`the sad tab of tab ${tab.id}`, shown),
  ]);
  return { pid, detectedMs: detectedAt - startedAt, shownMs: shownAt - startedAt };
}

/** Reloads a broken tab. Returns the time until its page has loaded in a new process, ms. */
export async function recoverTab(tab: Tab): Promise<number> {
  const finished = once(tab.contents, 'did-finish-load');
  const startedAt = performance.now();
  tab.reload();
  await within(`tab ${tab.id} to come back`, finished);
  return performance.now() - startedAt;
}

/** Ends the plugin with SIGKILL. Resolves when the shell shows its end. */
export async function injurePlugin(target: DrillTarget): Promise<Injury & { recovered: Promise<number> }> {
  const { plugin, framePath } = target;
  const { pid } = plugin;
  if (pid === null) throw new Error('the plugin has no process');
  const detected = once(plugin, 'ended').then(() => performance.now());
  const shown = whenPainted(target.shell, 'notice', pid);
  const startedAt = performance.now();
  plugin.kill('SIGKILL');
  const detectedAt = await within('the end of the plugin to be noticed', detected);
  // The plugin is back when it has analyzed a frame.
  const recovered = within('the plugin to come back', framePath.nextStatistics()).then(
    () => performance.now() - startedAt,
  );
  const shownAt = await within("the notice of the plugin's end", shown);
  return { pid, detectedMs: detectedAt - startedAt, shownMs: shownAt - startedAt, recovered };
}
