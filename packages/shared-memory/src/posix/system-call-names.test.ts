import { afterEach, expect, test, vi } from 'vitest';
import { plainCalls } from '../confinement/allowed-calls.ts';
import { needs } from '../confinement/needs.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test.each([
  ['x64', 0],
  ['arm64', 1],
] as const)('names each allowed call by its number (%s)', async (arch, column) => {
  vi.stubGlobal('process', { ...process, arch });
  const { systemCallName } = await import('./system-call-names.ts');
  for (const [name, { numbers }] of Object.entries({ ...plainCalls, ...needs.network.calls })) {
    const number = numbers[column];
    if (number !== null) expect(systemCallName(number)).toBe(name);
  }
  expect([systemCallName(466), systemCallName(467), systemCallName(-1)]).toEqual([
    'removexattrat',
    'call 467',
    'call -1',
  ]);
});
