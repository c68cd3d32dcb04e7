import type { VictimKind, WitnessReading } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import type { DrillTarget } from './drill-target.ts';
import { harmOf, processesBeside } from './harm.ts';

const unhurt: WitnessReading = {
  tab: 1,
  pidKept: true,
  stateKept: true,
  longestGapMs: 900,
  longestFrameGapMs: null,
  heartbeatsLost: 0,
  messagesLost: 0,
};
const before = new Map<VictimKind, number | undefined>([
  ['shell', 300],
  ['gpu', 400],
]);

test('a witness that kept everything was not harmed, however long its gap', () => {
  expect(harmOf([unhurt, unhurt], before, before)).toBeNull();
});

test.each([{ pidKept: false }, { stateKept: false }, { heartbeatsLost: 1 }, { messagesLost: 2 }])(
  'a witness with %o was hurt',
  (change) => {
    expect(harmOf([unhurt, { ...unhurt, ...change }], before, before)).toBe('1 of 2 witnesses were hurt');
  },
);

test.each([
  [401, '401'],
  [undefined, 'none'],
])('a part whose process changed to %s was harmed', (pid, text) => {
  const after = new Map(before).set('gpu', pid);
  expect(harmOf([unhurt], before, after)).toBe(`the process of the gpu changed from 400 to ${text}`);
});

test('a part that had no process before, and starts, was not harmed', () => {
  expect(harmOf([unhurt], new Map([['network', undefined]]), new Map([['network', 500]]))).toBeNull();
});

test('the victim may lose its process', async () => {
  const target = {
    plugin: { pid: null },
    shell: { pid: 300 },
    services: { find: async (service: string) => (service === 'gpu' ? 400 : undefined) },
  } as unknown as DrillTarget;
  const beside = await processesBeside(target, 'gpu');
  expect([...beside]).toEqual([
    ['plugin', undefined],
    ['shell', 300],
    ['network', undefined],
  ]);
});
