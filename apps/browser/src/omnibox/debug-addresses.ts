import { browserFaults, chromiumFaults, type Fault, pluginFaults, shellFaults, tabFaults } from '@bulkhead/contracts';

/** Short names, the same as Chromium's where it has one. Every fault can also be named in full. */
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

/** Chromium's own debug addresses that work in Electron. */
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

/** The action of a debug address. Chromium's own act on the page that loads them. */
export type DebugAddress = { by: 'bulkhead'; fault: Fault } | { by: 'chromium'; address: string };

/**
 * Returns the fault that the user asked for by typing a debug address, or undefined for every other address. Bulkhead
 * never navigates to such an address, and a page cannot cause a fault by navigating to it, because only typed text gets
 * here.
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
