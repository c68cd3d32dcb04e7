import { beforeAll, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';

let independent: FinishedRun;
let addressSpace: FinishedRun;
let clipboard: FinishedRun;
let owner: FinishedRun;
let speedUp: FinishedRun;
let modularity: FinishedRun;
let threads: FinishedRun;

beforeAll(async () => {
  [independent, addressSpace, clipboard, owner, speedUp, modularity, threads] = (await runLessons(
    // Long rounds, so that the kill happens among them even on a busy machine.
    'independent-and-cooperating?workMs=200',
    'address-space',
    'information-sharing',
    'information-sharing?keeper=editor&pasters=3',
    'speed-up',
    'modularity?broken=counter',
    'threads-share',
  )) as [FinishedRun, FinishedRun, FinishedRun, FinishedRun, FinishedRun, FinishedRun, FinishedRun];
}, 180_000);

const pidOf = (run: FinishedRun, name: string) => run.actors.find((actor) => actor.name === name)?.pid;
const calls = (run: FinishedRun, actor: string) =>
  run.eventsOf(actor).filter(({ kind }) => kind === 'call' || kind === 'work' || kind === 'wait');

it('each process of a lesson is a separate process', () => {
  for (const run of [independent, addressSpace, clipboard, speedUp, modularity, threads]) {
    const pids = run.actors.map(({ pid }) => pid);
    expect(new Set(pids).size).toBe(pids.length);
    expect(pids.every((pid) => typeof pid === 'number' && pid > 1)).toBe(true);
  }
});

it('an independent process finishes its work when the other is killed, a cooperating one does not', () => {
  expect(independent).toMatchObject({ held: true, answer: 'independent' });
  const ends = independent.eventsOf().filter(({ kind }) => kind === 'end');
  expect(ends.map(({ actor }) => actor).toSorted()).toEqual(['cooperating 1', 'independent 1']);
  const endUs = (name: string) => ends.find(({ actor }) => actor === name)?.startUs ?? 0;
  const workAfter = (name: string, us: number) => calls(independent, name).filter(({ startUs }) => startUs > us).length;
  expect(calls(independent, 'independent 2')).toHaveLength(10);
  const killed = independent.eventsOf('browser').find(({ values }) => values.name === 'independent 1');
  expect(workAfter('independent 2', killed?.startUs ?? Number.NaN)).toBeGreaterThan(0);
  expect(Number(independent.facts.cooperatingDone)).toBeLessThan(10);
  expect(workAfter('cooperating 2', endUs('cooperating 1'))).toBe(0);
});

it('one address is two places: each process reads its own, a third one dies, the owner may refuse', () => {
  expect(addressSpace).toMatchObject({ held: true, answer: 'own' });
  expect(addressSpace.facts).toMatchObject({ ownerValue: 1111, seen: 2222, how: 'killed (SIGSEGV)' });
  expect(addressSpace.facts.after).toBe('EPERM / EACCES');
  const { memory, maps } = addressSpace.figures;
  const views = memory?.kind === 'memory' ? memory.views : [];
  expect(new Set(views.map(({ address }) => address)).size).toBe(1);
  expect(views.map(({ bytes }) => (bytes[0] ?? 0) + 256 * (bytes[1] ?? 0))).toEqual([1111, 2222]);
  const rows = maps?.kind === 'table' ? maps.rows : [];
  expect(rows.filter((row) => row.at(-1) === '[stack]')).toHaveLength(2);
});

it('copied text is pasted unchanged, and outlives the editor only if another process keeps it', () => {
  expect(clipboard).toMatchObject({ held: true, answer: 'everyone', facts: { before: 2, after: 2 } });
  expect(owner).toMatchObject({ held: true, answer: 'nobody', facts: { before: 3, after: 0 } });
  for (const run of [clipboard, owner]) {
    expect(run.eventsOf('editor').some(({ kind }) => kind === 'end')).toBe(true);
  }
  const pasted = calls(owner, 'app 1').map(({ result }) => result);
  expect(pasted).toHaveLength(2);
  expect(pasted[1]).toBe('null');
});

it('two processes share the work at the same time, with the same result', () => {
  expect(speedUp.facts).toMatchObject({ primes: 148_933, processes: 2 });
  const [one, two] = ['worker 1', 'worker 2'].map((name) => calls(speedUp, name));
  const shared = one?.filter(({ text }) => text === 'count_primes(1, 4)') ?? [];
  const overlapping = shared.filter((mine) =>
    two?.some((other) => other.startUs < mine.endUs && mine.startUs < other.endUs),
  );
  expect(shared.length).toBeGreaterThanOrEqual(3);
  // Other programs may delay one of the workers for the length of a call.
  expect(overlapping).not.toEqual([]);
  const { speedUp: ratio, cores } = speedUp.facts;
  // Other programs may have taken the other core. Then the lesson reports it and its claim does not hold.
  const expected = Number(ratio) > 1.15 ? 'faster' : Number(ratio) < 0.87 ? 'slower' : 'same';
  expect(speedUp.answer).toBe(expected);
  expect(speedUp.held).toBe(Number(cores) > 1 ? expected === 'faster' : expected !== 'faster');
});

it('one function is lost with its process and returns with a new one, while the others continue', () => {
  expect(modularity).toMatchObject({ held: true, answer: 'one', facts: { before: 3, without: 2, after: 3 } });
  const asked = (name: string) => calls(modularity, 'application').filter(({ text }) => text.startsWith(`${name}.`));
  const failed = asked('counter').filter(({ result }) => result?.includes('is gone'));
  expect(failed).toHaveLength(4);
  expect(
    asked('speller')
      .concat(asked('index'))
      .some(({ result }) => result?.includes('is gone')),
  ).toBe(false);
  expect(calls(modularity, 'speller')).toHaveLength(12);
  expect(calls(modularity, 'counter 2')).toHaveLength(4);
  expect(pidOf(modularity, 'counter 2')).not.toBe(pidOf(modularity, 'counter'));
});

it('a process sees the stores of its thread, but not those of another process', () => {
  expect(threads).toMatchObject({ held: true, answer: 'thread' });
  expect(threads.facts).toMatchObject({ threadSaw: 1, afterThread: 2, processSaw: 1, afterProcess: 2 });
  expect(threads.facts.threadPid).toBe(pidOf(threads, 'main'));
  const stored = calls(threads, 'process').find(({ text }) => text === 'variable = 3');
  const lastRead = calls(threads, 'main').at(-1);
  expect(stored?.endUs ?? Number.POSITIVE_INFINITY).toBeLessThan(lastRead?.startUs ?? 0);
});
