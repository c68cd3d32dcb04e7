import { type Fault, faults, rowOf } from '@bulkhead/contracts';

/** Every fault by its full name, and by its alias. */
const byName: ReadonlyMap<string, Fault> = new Map(
  faults.flatMap((fault) => {
    const { alias } = rowOf(fault);
    return [fault, ...(alias === undefined ? [] : [alias])].map((name) => [name, fault] as const);
  }),
);

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
