import { browserFaults, chromiumFaults, type Fault, pluginFaults, shellFaults, tabFaults } from '@bulkhead/contracts';

/** Short names, Chromium's own where it has one; every fault is known by its full name, too. */
const shortNames: Record<string, Fault> = {
  crash: 'tab-segmentation-fault',
  kill: 'tab-kill',
  terminate: 'tab-terminate',
  stop: 'tab-stop',
  abort: 'tab-abort',
  hang: 'tab-endless-loop',
  alert: 'tab-endless-alert',
  'memory-exhaust': 'tab-exhaust-heap',
  leak: 'tab-leak',
  reload: 'tab-reload-loop',
  gpucrash: 'gpu-crash',
  gpukill: 'gpu-kill',
  gpuhang: 'gpu-hang',
  networkkill: 'network-kill',
  plugincrash: 'plugin-segmentation-fault',
  pluginkill: 'plugin-kill',
  pluginhang: 'plugin-endless-loop',
  shellcrash: 'shell-crash',
  shellhang: 'shell-hang',
  zygotekill: 'zygote-kill',
  browserkill: 'browser-kill',
  browserterminate: 'browser-terminate',
  browserexception: 'browser-exception',
};

const byName: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ...Object.entries(shortNames),
  ...[...tabFaults, ...pluginFaults, ...chromiumFaults, ...shellFaults, ...browserFaults].map(
    (fault) => [fault, fault] as const,
  ),
]);

/** Those of Chromium's own that work in this runtime. */
const chromiumNames = new Set([
  'crash',
  'kill',
  'hang',
  'shorthang',
  'memory-exhaust',
  'checkcrash',
  'gpucrash',
  'gpuhang',
]);

/** What a debug address asks for. Chromium's own take effect on the page that is told to load them. */
export type DebugAddress = { by: 'bulkhead'; fault: Fault } | { by: 'chromium'; address: string };

/**
 * The fault that a person asked for by typing its address; undefined for every other address. Such an address is never
 * navigated to, and a page that sends its tab there gets nothing: only what is typed comes by here.
 */
export function debugAddress(typed: string): DebugAddress | undefined {
  const match = /^(bulkhead|chrome):\/\/([a-z-]+)\/?$/.exec(typed.trim().toLowerCase());
  if (!match) return undefined;
  const [, scheme, name = ''] = match;
  if (scheme === 'chrome')
    return chromiumNames.has(name) ? { by: 'chromium', address: `chrome://${name}/` } : undefined;
  const fault = byName.get(name);
  return fault && { by: 'bulkhead', fault };
}
