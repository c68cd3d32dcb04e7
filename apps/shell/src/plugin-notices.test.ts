import type { PluginState, ProcessEnd } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { pluginNoticesOf } from './plugin-notices.ts';

const end = (at: number): ProcessEnd => ({
  kind: 'killed',
  pid: 40,
  signal: 'SIGKILL',
  exitCode: null,
  at,
  repeated: false,
});
const plugin = (more: Partial<PluginState> = {}): PluginState => ({
  name: 'frame-stats',
  pid: 40,
  status: 'running',
  responsive: true,
  confinement: null,
  refusedCalls: null,
  restarts: 0,
  lastEnd: null,
  ...more,
});

test('has no notice for a plugin that starts and runs', () => {
  expect(pluginNoticesOf([plugin({ status: 'starting', pid: null })], [plugin()])).toEqual([]);
});

test('has no notice for events before the first state', () => {
  expect(pluginNoticesOf([], [plugin({ lastEnd: end(1) })])).toEqual([]);
});

test('says that a plugin ended, and then that it came back', () => {
  const restarting = plugin({ status: 'restarting', pid: null, lastEnd: end(1) });
  const back = plugin({ pid: 41, restarts: 1, lastEnd: end(1) });
  expect(pluginNoticesOf([plugin()], [restarting])).toEqual([
    { plugin: 'frame-stats', end: end(1), outcome: { state: 'restarting' } },
  ]);
  expect(pluginNoticesOf([restarting], [back])).toEqual([
    { plugin: 'frame-stats', end: end(1), outcome: { state: 'back', pid: 41 } },
  ]);
  expect(pluginNoticesOf([back], [back])).toEqual([]);
});

test('has one notice for the end and the restart when the state between was skipped', () => {
  const back = plugin({ pid: 41, restarts: 1, lastEnd: end(1) });
  expect(pluginNoticesOf([plugin()], [back])).toMatchObject([{ outcome: { state: 'back', pid: 41 } }]);
  const again = plugin({ pid: 42, restarts: 2, lastEnd: end(2) });
  expect(pluginNoticesOf([back], [again])).toMatchObject([{ end: { at: 2 }, outcome: { state: 'back', pid: 42 } }]);
});

test('says that a plugin stays stopped', () => {
  const restarting = plugin({ status: 'restarting', pid: null, lastEnd: end(1) });
  const stopped = plugin({ status: 'stopped', pid: null, lastEnd: end(1) });
  expect(pluginNoticesOf([restarting], [stopped])).toMatchObject([{ outcome: { state: 'stopped' } }]);
});

test('has no notice when only the heartbeat changes', () => {
  const back = plugin({ pid: 41, restarts: 1, lastEnd: end(1) });
  expect(pluginNoticesOf([back], [{ ...back, responsive: false }])).toEqual([]);
});
