import type { LessonUpdate } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { formatRun } from './lab-report.ts';

const run: LessonUpdate = {
  run: 0,
  lesson: 'rendezvous',
  parameters: { rounds: 4, senderMs: 40, receiverMs: 120 },
  pace: { kind: 'run' },
  startUs: 1000,
  actors: [{ name: 'sender', role: 'sender', pid: 4312, state: 'ended', end: null, line: null, held: false }],
  events: [
    { actor: 'sender', kind: 'call', text: 'send(1)', result: 'ok', values: {}, startUs: 3000, endUs: 4500, to: null },
  ],
  droppedEvents: 0,
  figures: [],
  ending: 'out-of-cpu',
  error: null,
  outcome: null,
};

test('names the limit that ended a run, and shows the events before', () => {
  const text = formatRun(run);
  expect(text).toContain('The run was ended: its processes were out of processor time.\nNOT HELD');
  expect(text).toContain('sender 4312');
  expect(text).toMatch(/2\.00 +│ sender +│ 1\.50 +│ send\(1\) = ok/);
});

test('shows the error of a failed run, and the outcome of a finished one', () => {
  expect(formatRun({ ...run, ending: 'failed', error: 'no memory' })).toContain('The run failed: no memory\n');
  const facts = { senderWaitedMs: 320, receiverWaitedMs: 0, rounds: 4, met: 4 };
  const text = formatRun({ ...run, ending: 'done', outcome: { answer: 'sender', held: true, facts } });
  expect(text).toContain('The sender waited 320 ms in all');
  expect(text).toMatch(/\nheld\n$/);
});
