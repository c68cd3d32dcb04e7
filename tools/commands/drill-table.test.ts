import type { DrillResult, ProcessEntry } from '@bulkhead/contracts';
import { expect, it } from 'vitest';
import { formatDrill } from './drill-table.ts';

const witness = {
  tab: 1,
  pidKept: true,
  stateKept: true,
  longestGapMs: 8,
  longestFrameGapMs: null,
  heartbeatsLost: 0,
  messagesLost: 0,
};
const fault: DrillResult['faults'][number] = {
  fault: 'tab-kill',
  victim: 'tab',
  state: 'passed',
  unavailable: null,
  failure: null,
  pid: 20,
  noticedMs: 5.44,
  shownMs: 30,
  recoveredMs: 100,
  outcome: 'killed, SIGKILL',
  witnesses: [witness, { ...witness, longestGapMs: 12.25 }],
  gapRatio: 1.53,
};
const result: DrillResult = {
  ok: true,
  runtime: { bulkhead: '0.1.0', electron: '33.2.1', chromium: '130', node: '20' },
  processes: [
    { type: 'tab', pid: 20, parentPid: 10, pssKiB: 2048, seccomp: 2, pidNamespaces: 2 },
    { type: 'browser', pid: 10, parentPid: null, pssKiB: null, seccomp: 0, pidNamespaces: 1 },
  ] as ProcessEntry[],
  baseline: [witness],
  faults: [fault],
  gapVerdict: 'During 1 of 1 faults the gap was short.',
};
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(`│ ${start}`));

it('shows each fault with the state of its witnesses', () => {
  expect(lineOf(formatDrill(result), 'tab-kill')).toMatch(
    /tab 20 +│ +5\.4 │ +30\.0 │ +100\.0 │ 2\/2 │ +2\/2 │ +12\.3 │ +1\.53 │ +0 │/,
  );
});

it('shows processes in the order of their PIDs, and marks unknown values', () => {
  const text = formatDrill(result);
  expect(lineOf(text, 'browser')).toMatch(/10 │ +\? │ +\? │ off/);
  expect(lineOf(text, 'tab ')).toMatch(/20 │ +10 │ +2\.0 │ filter +│ its own/);
  expect(text.indexOf('│ browser')).toBeLessThan(text.indexOf('│ tab '));
});

it('ends with the verdict', () => {
  expect(formatDrill(result)).toMatch(/\n1 faults?: every survivor kept its process, its state and its heartbeat\.$/);
});

it('counts the heartbeats and messages that the witnesses lost', () => {
  const hurt = { ...fault, witnesses: [witness, { ...witness, heartbeatsLost: 2, messagesLost: 3 }] };
  expect(lineOf(formatDrill({ ...result, ok: false, faults: [hurt] }), 'tab-kill')).toMatch(/│ +2 │ +3 │$/);
});

it('gives the reason for a fault that cannot run here, and for one that failed', () => {
  const nothing = { pid: null, noticedMs: null, shownMs: null, recoveredMs: null, outcome: null, witnesses: [] };
  const cells: DrillResult['faults'] = [
    fault,
    { ...fault, ...nothing, fault: 'tab-leak', state: 'failed', failure: 'waited 60 s for the process to end' },
    {
      ...fault,
      ...nothing,
      fault: 'browser-kill',
      victim: 'browser',
      state: 'unavailable',
      unavailable: 'ends-the-program',
    },
  ];
  const text = formatDrill({ ...result, ok: false, faults: cells });
  expect(lineOf(text, 'browser-kill')).toContain('not here: ends-the-program');
  expect(text).toMatch(/FAILED:\n {2}tab-leak: waited 60 s for the process to end$/);
});

it('shows the time without a fault first, for comparison', () => {
  const text = formatDrill(result);
  expect(text.indexOf('(none)')).toBeLessThan(text.indexOf('│ tab-kill'));
});
