import { expect, test } from 'vitest';
import { matches, type PortRow, sortedPorts } from './port-rows.ts';

const row = (name: string, messagesPerSecond?: number) =>
  ({
    port: { peer: { name } },
    rates: messagesPerSecond === undefined ? undefined : { messagesPerSecond, bytesPerSecond: 0 },
  }) as PortRow;
const names = (rows: PortRow[]) => rows.map(({ port }) => port.peer.name);

test('peers are sorted by number: tab 2 before tab 10', () => {
  const rows = [row('tab 10'), row('tab 2'), row('shell')];
  expect(names(sortedPorts(rows, { column: 'peer', direction: 'ascending' }))).toEqual(['shell', 'tab 2', 'tab 10']);
});

test('a port without a rate yet comes after idle ports', () => {
  const rows = [row('new'), row('still', 0), row('busy', 5)];
  expect(names(sortedPorts(rows, { column: 'messageRate', direction: 'descending' }))).toEqual([
    'busy',
    'still',
    'new',
  ]);
});

test('every word of the filter must be in one of the texts', () => {
  expect(matches('TAB 3', 'tab-view', 'tab 3')).toBe(true);
  expect(matches('tab 4', 'tab-view', 'tab 3')).toBe(false);
  expect(matches('', 'anything')).toBe(true);
});
