import type { PluginState, ProcessEnd } from '@bulkhead/contracts';

/** Something that happened to a plugin and that the person looking should hear of. */
export interface PluginNotice {
  plugin: string;
  /** How its process ended. */
  end: ProcessEnd;
  /** What became of it: being restarted, back as another process, or not restarted any more. */
  outcome: { state: 'restarting' } | { state: 'back'; pid: number } | { state: 'stopped' };
}

function outcomeOf({ status, pid }: PluginState): PluginNotice['outcome'] {
  if (status === 'stopped') return { state: 'stopped' };
  return status === 'running' && pid !== null ? { state: 'back', pid } : { state: 'restarting' };
}

/** What happened between two snapshots. The first snapshot is no news: there is nothing before it. */
export function pluginNoticesOf(before: readonly PluginState[], after: readonly PluginState[]): PluginNotice[] {
  return after.flatMap((plugin): PluginNotice[] => {
    const earlier = before.find(({ name }) => name === plugin.name);
    const end = plugin.lastEnd;
    if (!earlier || !end) return [];
    const outcome = outcomeOf(plugin);
    const sameEnd = earlier.lastEnd?.at === end.at;
    return sameEnd && outcomeOf(earlier).state === outcome.state ? [] : [{ plugin: plugin.name, end, outcome }];
  });
}
