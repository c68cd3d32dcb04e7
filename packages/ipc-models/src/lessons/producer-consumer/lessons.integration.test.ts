import { beforeAll, describe, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';
import { namesOfTheDead } from '../../testing/shared-memory-names.ts';

const kills = ['producer', 'consumer'].flatMap((victim) =>
  ['wait', 'item', 'index', 'work'].map((at) => `killed-midway?victim=${victim}&at=${at}&items=10`),
);
const requests = [
  'bounded-buffer?n=4&items=12&producerMs=2&consumerMs=10',
  'bounded-buffer?n=2&items=6&producerMs=10&consumerMs=0',
  'unbounded-buffer?items=600',
  'unbounded-buffer?items=600&limitMiB=2',
  'busy-waiting?items=10&everyMs=40',
  'two-producers?items=500',
  'two-producers?items=500&cure=mutex',
  'two-producers?items=500&cure=own-buffer',
  ...kills,
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

it.each(requests)('the claim held: %s', (request) => {
  expect(run(request), JSON.stringify(run(request).facts)).toMatchObject({ held: true, ending: 'done' });
});

describe('bounded-buffer', () => {
  it('holds one less than n, and then the producer waits until the consumer has taken one', () => {
    const { facts, eventsOf } = run('bounded-buffer?n=4&items=12&producerMs=2&consumerMs=10');
    expect(facts).toMatchObject({ most: 3, inOrder: true });
    const full = eventsOf('producer').filter(({ kind, text }) => kind === 'note' && text === 'full');
    expect(full.length).toBeGreaterThan(0);
    for (const { values } of full) expect((Number(values.in) + 1) % 4).toBe(values.out);
    const waits = eventsOf('producer').filter(({ kind }) => kind === 'wait');
    expect(waits).toHaveLength(full.length);
    // It waited about as long as the consumer takes.
    expect(waits.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0)).toBeGreaterThan(10_000);
  });

  it('is empty when in == out, and then the consumer waits', () => {
    const { facts, eventsOf } = run('bounded-buffer?n=2&items=6&producerMs=10&consumerMs=0');
    expect(Number(facts.empty)).toBeGreaterThan(0);
    const empty = eventsOf('consumer').filter(({ text }) => text === 'empty');
    expect(empty).toHaveLength(Number(facts.empty));
  });
});

describe('unbounded-buffer', () => {
  it('never makes its producer wait, and grows', () => {
    const { facts, eventsOf, figures } = run('unbounded-buffer?items=600');
    expect(facts).toMatchObject({ waits: 0, inOrder: true });
    expect(Number(facts.growths)).toBeGreaterThan(0);
    expect(eventsOf('producer').filter(({ kind }) => kind === 'wait')).toEqual([]);
    const [taken] = figures.memory?.kind === 'chart' ? figures.memory.series : [];
    expect(taken?.points.at(-1)?.[1]).toBe((Number(facts.growths) + 1) * (1 << 20));
  });

  it('waits only at the limit', () => {
    const { answer, facts } = run('unbounded-buffer?items=600&limitMiB=2');
    expect({ answer, peakMiB: facts.peakMiB, inOrder: facts.inOrder }).toEqual({
      answer: 'limit',
      peakMiB: 2,
      inOrder: true,
    });
    expect(Number(facts.waits)).toBeGreaterThan(0);
  });
});

describe('busy-waiting', () => {
  it('takes many times the processor time of waiting on a semaphore', () => {
    const { facts } = run('busy-waiting?items=10&everyMs=40');
    expect(Number(facts.busyShare)).toBeGreaterThanOrEqual(70);
    expect(Number(facts.semaphoreShare)).toBeLessThanOrEqual(30);
    expect(Number(facts.busyCpuMs)).toBeGreaterThan(2 * Number(facts.semaphoreCpuMs));
  });
});

describe('two-producers', () => {
  it('loses items with the textbook’s code, and none with either fix', () => {
    const broken = run('two-producers?items=500');
    expect(broken.answer).toBe('lost');
    const rows = broken.figures.rounds?.kind === 'table' ? broken.figures.rounds.rows : [];
    expect(rows.at(-1)?.slice(1)).toEqual([1000, expect.any(Number), broken.facts.lost, broken.facts.twice]);
    for (const cure of ['mutex', 'own-buffer']) {
      expect(run(`two-producers?items=500&cure=${cure}`).facts).toMatchObject({ produced: 1000, lost: 0, twice: 0 });
    }
  });
});

describe('killed-midway', () => {
  it.each(kills)('leaves a correct buffer, and the survivor continues with a new partner: %s', (request) => {
    const { actors, facts, eventsOf } = run(request);
    const victim = actors.find(({ name }) => name === facts.victim);
    const survivor = actors.find(({ name }) => name !== facts.victim && !name.endsWith(' 2'));
    const second = actors.find(({ name }) => name === `${facts.victim} 2`);
    expect(victim?.end).toMatch(/SIGKILL/);
    expect(second?.pid).not.toBe(victim?.pid);
    // The buffer is empty after the producer died, full after the consumer died.
    const { in: first, out, held } = facts;
    expect(held).toBe(facts.victim === 'producer' ? 0 : 4);
    expect(facts.victim === 'producer' ? first : (Number(first) + 1) % 5).toBe(out);
    const restarted = eventsOf('browser').find(({ text }) => text === 'restarted');
    const later = eventsOf(survivor?.name).filter(
      ({ endUs }) => endUs > (restarted?.startUs ?? Number.POSITIVE_INFINITY),
    );
    expect(later.length).toBeGreaterThan(0);
  });

  it('loses only the consumer’s current item', () => {
    expect(run('killed-midway?victim=consumer&at=work&items=10').facts).toMatchObject({
      lost: 1,
      lostItem: 4,
      twice: 0,
    });
  });
});
