import type { LessonEvent } from '@bulkhead/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';
import { namesOfTheDead } from '../../testing/shared-memory-names.ts';

const protections = ['atomics', 'semaphore', 'mutex'] as const;
const [rounds, times] = [1000, 5000];
const requests = [
  'shared-memory?size=8192',
  'who-may-write',
  'who-may-write?access=read-write',
  'data-format',
  'data-format?reads=int',
  `without-the-kernel?rounds=${rounds}`,
  `lost-update?times=${times}`,
  'lost-update?times=10',
  ...protections.map((protection) => `lost-update?times=${times}&protection=${protection}`),
  'critical-section-death?patienceMs=300',
  'critical-section-death?lock=robust-mutex',
];
const runs = new Map<string, FinishedRun>();

beforeAll(async () => {
  const before = namesOfTheDead();
  const all = await runLessons(...requests);
  for (const [index, request] of requests.entries()) runs.set(request, all[index] as FinishedRun);
  expect(namesOfTheDead().filter((name) => !before.includes(name))).toEqual([]);
}, 120_000);

const run = (request: string): FinishedRun => {
  const found = runs.get(request);
  if (!found) throw new Error(`${request} did not run`);
  return found;
};

/** Returns the calls of one process by their names, with their results. */
const callsOf = (events: readonly LessonEvent[]) =>
  events.filter(({ kind }) => kind === 'call').map(({ text, result }) => `${text.split('(')[0]} = ${result}`);

const find = (events: readonly LessonEvent[], start: string): LessonEvent => {
  const found = events.find(({ text }) => text.startsWith(start));
  if (!found) throw new Error(`no event ${start}`);
  return found;
};

it.each(requests)('the claim held: %s', (request) => {
  expect(run(request), JSON.stringify(run(request).facts)).toMatchObject({ held: true, ending: 'done' });
});

describe('shared-memory', () => {
  const of = (actor: string) => run('shared-memory?size=8192').eventsOf(actor);

  it('makes the chapter’s calls in the chapter’s order, in two processes', () => {
    const address = expect.stringMatching(/^mmap = 0x[0-9a-f]+$/);
    expect(callsOf(of('creator'))).toEqual([
      expect.stringMatching(/^shm_open = \d+$/),
      'ftruncate = 0',
      address,
      'shm_unlink = 0',
      'munmap = 0',
      'close = 0',
    ]);
    expect(callsOf(of('attacher'))).toEqual([
      expect.stringMatching(/^shm_open = \d+$/),
      address,
      'close = 0',
      'shm_open = -1 (ENOENT)',
      'munmap = 0',
    ]);
    const [one, other] = run('shared-memory?size=8192').actors;
    expect(one?.pid).not.toBe(other?.pid);
  });

  it('lets each process read the other’s text, in the same object at another address', () => {
    const { facts } = run('shared-memory?size=8192');
    expect(facts).toMatchObject({ greeting: 'Hello from the creator', answer: 'Hello back', sameObject: true });
    expect(facts.object).toMatch(/^[0-9a-f]+:[0-9a-f]+ [1-9]\d*$/);
    const { together } = run('shared-memory?size=8192').figures;
    const [one, other] = together?.kind === 'memory' ? together.views : [];
    expect(one?.object).toBe(other?.object);
    expect(one?.address).not.toBe(other?.address);
    for (const view of [one, other]) expect(String.fromCharCode(...(view?.bytes ?? []))).toMatch(/^Hello back\0/);
    expect(find(of('creator'), 'ftruncate').text).toMatch(/, 8192\)$/);
  });

  it('lets the attached process read after the name is removed', () => {
    const unlinked = find(of('creator'), 'shm_unlink');
    const read = of('attacher').findLast(({ text }) => text === 'puts(ptr)');
    expect(read).toMatchObject({ result: '"Hello back"' });
    expect(read?.startUs).toBeGreaterThan(unlinked.endUs);
  });
});

describe('who-may-write', () => {
  it('makes the kernel refuse every writable mapping, and end a process that stores anyway', () => {
    const { actors, eventsOf, facts } = run('who-may-write');
    expect(facts).toMatchObject({ mapped: 'EPERM', protected: 'EACCES', left: 'The owner goes on writing' });
    expect(actors.find(({ name }) => name === 'reader')?.end).toMatch(/SIGSEGV/);
    const died = eventsOf('reader').find(({ kind }) => kind === 'end');
    expect(find(eventsOf('reader'), 'storing').startUs).toBeLessThan(died?.startUs ?? 0);
    expect(eventsOf('owner').at(-1)).toMatchObject({ text: 'puts(ptr)', result: '"The owner goes on writing"' });
  });

  it('lets the reader write if nothing is sealed', () => {
    const { answer, eventsOf } = run('who-may-write?access=read-write');
    expect(answer).toBe('written');
    expect(eventsOf('owner').at(-1)).toMatchObject({ result: '"Written by the reader"' });
  });
});

describe('data-format', () => {
  it('gives the same bytes other meanings, without an error', () => {
    expect(run('data-format')).toMatchObject({
      answer: 'other',
      facts: { int: '1078530011', float: expect.stringMatching(/^3\.14159/), sameBytes: true },
    });
    expect(run('data-format').facts.bytes).toMatch(/^db 0f 49 40/);
    expect(run('data-format?reads=int')).toMatchObject({ answer: 'same', facts: { read: '1078530011' } });
  });
});

describe('without-the-kernel', () => {
  it('makes almost no system calls through memory, and a read and a write for each exchange through the socket', () => {
    const { facts, figures } = run(`without-the-kernel?rounds=${rounds}`);
    expect(facts.watched).toBe(true);
    expect(Number(facts.memoryCalls) / Number(facts.memoryRounds)).toBeLessThan(0.05);
    const rows = figures.calls?.kind === 'table' ? figures.calls.rows : [];
    const counted = (name: string) => Number(rows.find(([way, call]) => way === 'way.socket' && call === name)?.[2]);
    // Messages that it writes before the last answer came are written together, so there are slightly fewer calls.
    for (const call of ['write', 'read']) expect(counted(call)).toBeGreaterThan(0.9 * Number(facts.socketRounds));
  });
});

describe('lost-update', () => {
  it('loses updates without protection', () => {
    const { facts } = run(`lost-update?times=${times}`);
    expect(Number(facts.counter)).toBeLessThan(2 * times);
    expect(Number(facts.counter) + Number(facts.lost)).toBe(2 * times);
  });

  it('shows how: both loaded the same number', () => {
    const { eventsOf, facts } = run('lost-update?times=10');
    const stores = eventsOf().filter(({ text }) => /^counter = \d+$/.test(text));
    expect(stores).toHaveLength(20 * Number(facts.rounds));
    // In the last round an update was lost: some number was stored twice.
    const stored = stores.slice(-20).map(({ text }) => text);
    expect(new Set(stored).size).toBeLessThan(20);
  });

  it.each(protections)('loses none with: %s', (protection) => {
    const { answer, facts, eventsOf } = run(`lost-update?times=${times}&protection=${protection}`);
    expect({ answer, counter: facts.counter }).toEqual({ answer: 'all', counter: 2 * times });
    // Not because one finished before the other started.
    expect(facts.overlapped).toBe(true);
    const [one, other] = [eventsOf('worker 1'), eventsOf('worker 2')].map((events) =>
      events.findLast(({ text }) => text.startsWith('counter++')),
    );
    expect(Math.max(one?.startUs ?? 0, other?.startUs ?? 0)).toBeLessThan(Math.min(one?.endUs ?? 0, other?.endUs ?? 0));
  });
});

describe('critical-section-death', () => {
  it('leaves a semaphore taken without a holder, and lets a robust mutex repair the data', () => {
    const semaphore = run('critical-section-death?patienceMs=300');
    expect(semaphore).toMatchObject({ answer: 'for-ever', facts: { entered: false, value: 0, sum: 900 } });
    expect(Number(semaphore.facts.waitedMs)).toBeGreaterThanOrEqual(300);
    const mutex = run('critical-section-death?lock=robust-mutex');
    expect(mutex).toMatchObject({ answer: 'told', facts: { told: true, sumAtDeath: 900, repaired: 100, sum: 1000 } });
    for (const { actors, eventsOf } of [semaphore, mutex]) {
      expect(actors.find(({ name }) => name === 'victim')?.end).toMatch(/SIGKILL/);
      expect(eventsOf('victim').map(({ text }) => text)).not.toContain('to += 100');
    }
  });
});
