import { beforeAll, describe, expect, it } from 'vitest';
import type { Inventory } from './app/leak-scripts.ts';
import { type Line, runScenario } from './launch.ts';

/** Calls between each pair of processes. Set BULKHEAD_LEAK_CALLS=100000 before a release. */
const calls = Number(process.env.BULKHEAD_LEAK_CALLS ?? 10_000);
const mebibyte = 1024 * 1024;

type Counted = Record<'before' | 'after' | 'leaking', Record<'caller' | 'server', Inventory>>;

let lines: Line[];
beforeAll(
  async () => {
    lines = await runScenario('leaks', String(calls));
  },
  300_000 + calls * 10,
);

describe.each(['tab and browser', 'browser and plugin', 'tab and plugin'])('between %s', (pair) => {
  it.each(['caller', 'server'] as const)(`${calls} calls leave nothing behind in the %s's process`, (side) => {
    const { before, after, leaking } = lines.find((line) => line.pair === pair) as unknown as Counted;
    const { heapBytes, ...counts } = after[side];
    expect(counts).toEqual({ connections: before[side].connections, listeners: before[side].listeners });
    expect(counts.connections).toBe(1);
    expect(counts.listeners).toBeGreaterThan(0);
    expect(heapBytes - before[side].heapBytes).toBeLessThan(mebibyte);
    // The count works: it finds the deliberate leak.
    expect(leaking[side].heapBytes - heapBytes).toBeGreaterThan(mebibyte);
  });
});
