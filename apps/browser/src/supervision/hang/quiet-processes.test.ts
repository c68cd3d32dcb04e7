import { afterEach, expect, test } from 'vitest';
import { QuietProcesses } from './quiet-processes.ts';

const all: QuietProcesses[] = [];
afterEach(() => {
  for (const quiet of all.splice(0)) quiet.dispose();
});

/** Creates processes with a given processor use. A look returns those whose heartbeats continue. */
function watched(...pids: number[]) {
  const beats = new Set(pids);
  const uses = new Map(pids.map((pid) => [pid, { ticks: 0, wakeups: 0, state: 'S' }]));
  const flags = { seen: pids[0], counted: 0 };
  const quiet = new QuietProcesses({
    watched: () =>
      pids.map((pid) => ({
        pid,
        isSeen: pid === flags.seen,
        isCounted: pid === flags.counted,
        rest: (mayRest) => void (mayRest ? beats.delete(pid) : beats.add(pid)),
      })),
    read: (pid) => {
      const use = uses.get(pid);
      return use && { ...use };
    },
  });
  all.push(quiet);
  return {
    uses,
    flags,
    of: (pid: number) => uses.get(pid) as NonNullable<ReturnType<typeof uses.get>>,
    look() {
      quiet.look();
      return [...beats].sort();
    },
  };
}

test('a process that uses no processor time is not asked', () => {
  const { look } = watched(1, 2, 3);
  expect(look(), 'no earlier sample to compare with').toEqual([1, 2, 3]);
  expect(look()).toEqual([]);
});

test('a process is asked again as soon as it works or is stopped', () => {
  const { look, of } = watched(1, 2, 3, 4);
  look();
  look();
  of(1).ticks = 1;
  of(2).ticks = 1;
  of(3).state = 'T';
  expect(look()).toEqual([1, 2, 3]);
  expect(look()).toEqual([3]);
  of(3).state = 'S';
  expect(look()).toEqual([]);
});

test('a seen process is asked as soon as it wakes up, until it only answers; others may wake up', () => {
  const { look, of } = watched(1, 2);
  look();
  of(1).wakeups += 3;
  of(2).wakeups += 30;
  expect(look(), 'it has answered').toEqual([]);
  of(1).wakeups += 3;
  expect(look(), 'it has answered the pending ping').toEqual([]);
  of(1).wakeups += 1;
  of(2).wakeups += 1;
  expect(look(), 'it woke up without being asked').toEqual([1]);
  of(1).wakeups += 30;
  expect(look(), 'it does more than answer').toEqual([1]);
  of(1).wakeups += 2;
  expect(look()).toEqual([]);
  of(1).state = 'R';
  expect(look(), 'it is running at this moment').toEqual([1]);
});

test('a seen process that does nothing is asked again, less and less often; others are not', () => {
  const { look, of } = watched(1, 2);
  const asked: number[] = [];
  for (let looks = 0; looks < 40; looks++) if (look().includes(1)) asked.push(looks);
  const [first, ...others] = asked;
  expect(first, 'no earlier sample to compare with').toBe(0);
  const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  expect(others).toHaveLength(3);
  expect(gaps).toEqual([5, 9, 17]);
  of(1).ticks += 1;
  expect(look()).toEqual([1]);
  const next = Array.from({ length: 6 }, () => look().includes(1));
  expect(next, 'it has worked, so it is watched closely again').toEqual([false, false, false, false, true, false]);
});

test('a background tab in the process of a seen tab does not make that process be asked more often', () => {
  const asked: number[] = [];
  let looks = 0;
  const seen = { pid: 1, isSeen: true, rest: (mayRest: boolean) => void (mayRest || asked.push(looks)) };
  const behind = { pid: 1, rest: () => undefined };
  const quiet = new QuietProcesses({
    watched: () => [seen, behind],
    read: () => ({ ticks: 0, wakeups: 0, state: 'S' }),
  });
  all.push(quiet);
  for (; looks < 40; looks++) quiet.look();
  expect(asked).toEqual([0, 5, 14, 31]);
});

test('a counted process is always asked', () => {
  const { look, flags } = watched(1, 2);
  flags.counted = 1;
  look();
  for (let looks = 0; looks < 3; looks++) expect(look()).toEqual([1]);
  flags.counted = 0;
  expect(look()).toEqual([]);
});

test('without data from the system, every process is asked', () => {
  const { look, uses } = watched(1, 2);
  uses.clear();
  for (let looks = 0; looks < 3; looks++) expect(look()).toEqual([1, 2]);
});

test('tabs of one process rest and wake together', () => {
  const resting = new Map([
    ['one', false],
    ['other', false],
  ]);
  const use = { ticks: 0, wakeups: 0, state: 'S' };
  const quiet = new QuietProcesses({
    watched: () => [...resting.keys()].map((name) => ({ pid: 1, rest: (mayRest) => void resting.set(name, mayRest) })),
    read: () => ({ ...use }),
  });
  all.push(quiet);
  quiet.look();
  quiet.look();
  expect([...resting.values()]).toEqual([true, true]);
  use.ticks = 5;
  quiet.look();
  expect([...resting.values()]).toEqual([false, false]);
});
