import type { PluginState } from '@bulkhead/contracts';

/** Something that happened to a plugin and that the person looking should hear of. */
export type Notice = { plugin: string; signal: string | null } & (
  | { event: 'ended' }
  | { event: 'back'; pid: number }
  | { event: 'stopped' }
);

/** What happened between two snapshots. The first snapshot is no news: there is nothing before it. */
export function noticesOf(before: readonly PluginState[], after: readonly PluginState[]): Notice[] {
  return after.flatMap((plugin): Notice[] => {
    const earlier = before.find(({ name }) => name === plugin.name);
    if (!earlier) return [];
    const notice = { plugin: plugin.name, signal: plugin.lastEnd?.signal ?? null };
    const cameBack = plugin.status === 'running' && plugin.pid !== null && plugin.pid !== earlier.pid;
    if (cameBack && plugin.lastEnd) return [{ ...notice, event: 'back', pid: plugin.pid as number }];
    if (plugin.status === 'stopped' && earlier.status !== 'stopped') return [{ ...notice, event: 'stopped' }];
    if (plugin.lastEnd && plugin.lastEnd.at !== earlier.lastEnd?.at) return [{ ...notice, event: 'ended' }];
    return [];
  });
}
