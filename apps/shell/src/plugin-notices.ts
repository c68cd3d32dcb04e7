import type { PluginState, ProcessEnd } from '@bulkhead/contracts';

/** An event of a plugin that the user should know of. */
export interface PluginNotice {
  plugin: string;
  /** How its process ended. */
  end: ProcessEnd;
  /** State after the end: restarting, back as another process, or no longer restarted. */
  outcome: { state: 'restarting' } | { state: 'back'; pid: number } | { state: 'stopped' };
}

function outcomeOf({ status, pid }: PluginState): PluginNotice['outcome'] {
  if (status === 'stopped') return { state: 'stopped' };
  return status === 'running' && pid !== null ? { state: 'back', pid } : { state: 'restarting' };
}

/** Returns the events between two states. A first state has none, because there is no earlier one. */
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
