import type { PortList, PortReport } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { portsOf } from './process-ports.ts';

const port = (contract: string, peer: number, seenBy: number, messages: number) =>
  ({
    contract,
    peer: { name: `process ${peer}`, pid: peer },
    seenBy: { name: `process ${seenBy}`, pid: seenBy },
    sent: { messages, bytes: 0 },
    received: { messages: 0, bytes: 0 },
  }) as PortReport;

test('finds the ports with an end in a process, the busiest first, and names the other end', () => {
  const list = { ports: [port('tab', 7, 1, 3), port('tab', 8, 1, 9), port('tab-view', 7, 9, 5)] } as PortList;
  const seen = (pid: number) => portsOf(pid, list).map(({ port: { contract }, other }) => [contract, other]);
  expect(seen(7)).toEqual([
    ['tab-view', 'process 9'],
    ['tab', 'process 1'],
  ]);
  expect(seen(1)).toEqual([
    ['tab', 'process 8'],
    ['tab', 'process 7'],
  ]);
  expect(seen(4)).toEqual([]);
});
