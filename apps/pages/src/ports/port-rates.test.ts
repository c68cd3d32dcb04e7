import type { PortList, PortReport } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { errorsOf, ratesBetween } from './port-rates.ts';

const port = (key: string, messages: number, bytes: number): PortReport => ({
  key,
  seenBy: { name: 'browser', pid: 1 },
  contract: 'tab',
  version: 1,
  role: 'caller',
  peer: { name: 'tab 1', pid: 2, responsive: true },
  openForMs: 0,
  received: { messages, bytes },
  sent: { messages, bytes: 0 },
  badMessages: 1,
  strayReplies: 0,
  unheardPushes: 0,
  droppedPushes: 0,
  methods: [],
});
const list = (at: number, ...ports: PortReport[]): PortList => ({ at, ports, leftOut: 0, plugins: [] });

test('rates are per second, both directions together, and a new port has none', () => {
  const rates = ratesBetween(list(1000, port('a', 1, 100)), list(3000, port('a', 5, 500), port('b', 9, 9)));
  expect([...rates]).toEqual([['a', { messagesPerSecond: 4, bytesPerSecond: 200 }]]);
});

test('a port that reuses the key of a closed one has no rate yet', () => {
  expect(ratesBetween(list(0, port('a', 9, 900)), list(1000, port('a', 1, 10))).size).toBe(0);
});

test('one report alone, or two of the same moment, give no rates', () => {
  expect(ratesBetween(null, list(1, port('a', 1, 1))).size).toBe(0);
  expect(ratesBetween(list(1, port('a', 1, 1)), list(1, port('a', 2, 2))).size).toBe(0);
});

test('a message that the contract does not allow is an error', () => {
  const methods = [{ errors: 2 }] as PortReport['methods'];
  expect(errorsOf({ ...port('a', 0, 0), methods })).toBe(3);
});
