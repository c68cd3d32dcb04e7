import { expect, it } from 'vitest';
import { type DrillResult, formatDrill } from './drill-table.ts';

const survivor = { tab: 1, pidKept: true, stateKept: true, longestGapMs: 8, heartbeatsLost: 0 };
const result: DrillResult = {
  ok: true,
  runtime: { electron: '33.2.1', chromium: '130', node: '20' },
  processes: [
    { type: 'tab', pid: 20, ppid: 10, pssKiB: 2048, seccomp: 2, nestedPidNamespace: true },
    { type: 'browser', pid: 10, ppid: null, pssKiB: null, seccomp: 0, nestedPidNamespace: false },
  ],
  faults: [
    {
      fault: 'SIGKILL',
      victim: { type: 'tab', pid: 20 },
      detectedMs: 5.44,
      shownMs: 30,
      recoveredMs: 100,
      survivors: [survivor, { ...survivor, longestGapMs: 12.25 }],
      gapRatio: 1.53,
    },
  ],
};
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(`│ ${start}`));

it('shows each fault with the state of its survivors', () => {
  expect(lineOf(formatDrill(result), 'SIGKILL')).toMatch(
    /tab 20 +│ +5\.4 │ +30\.0 │ +100\.0 │ 2\/2 │ +2\/2 │ +12\.3 │ +1\.53 │ +0 │/,
  );
});

it('shows processes in the order of their PIDs, and marks unknown values', () => {
  const text = formatDrill(result);
  expect(lineOf(text, 'browser')).toMatch(/10 │ +\? │ +\? │ off/);
  expect(lineOf(text, 'tab')).toMatch(/20 │ +10 │ +2\.0 │ filter +│ its own/);
  expect(text.indexOf('│ browser')).toBeLessThan(text.indexOf('│ tab '));
});

it('ends with the verdict', () => {
  expect(formatDrill(result)).toMatch(/\n1 faults?: every survivor kept its process, its state and its heartbeat\.$/);
});

it('names the faults that hurt a survivor', () => {
  const faults = result.faults.map((fault) => ({
    ...fault,
    survivors: [survivor, { ...survivor, heartbeatsLost: 2 }],
  }));
  const text = formatDrill({ ...result, ok: false, faults });
  expect(text).toMatch(/FAILED: .* after: SIGKILL\.$/);
  expect(lineOf(text, 'SIGKILL')).toMatch(/│ +2 │ +0 │$/);
});

it('gives the reason for a fault of the matrix that cannot run here, and for one that failed', () => {
  const [fault] = result.faults;
  if (!fault) throw new Error('there is a fault above');
  const nothing = { detectedMs: null, shownMs: null, recoveredMs: null, survivors: [] };
  const cells: DrillResult['faults'] = [
    { ...fault, state: 'passed', failure: null },
    { ...fault, ...nothing, fault: 'tab-leak', state: 'failed', failure: 'waited 60 s for the process to end' },
    {
      ...nothing,
      fault: 'browser-kill',
      victim: { type: 'browser', pid: null },
      state: 'unavailable',
      unavailable: 'ends-the-program',
      failure: null,
    },
  ];
  const text = formatDrill({ ...result, ok: false, faults: cells });
  expect(lineOf(text, 'browser-kill')).toContain('not here: ends-the-program');
  expect(text).toMatch(/FAILED:\n {2}tab-leak: waited 60 s for the process to end$/);
});

it('shows the time without a fault first, for comparison', () => {
  const text = formatDrill({ ...result, baseline: [survivor] });
  expect(text.indexOf('(none)')).toBeLessThan(text.indexOf('│ SIGKILL'));
});
