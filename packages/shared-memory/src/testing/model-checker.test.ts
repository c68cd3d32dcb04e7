import { describe, expect, it } from 'vitest';
import { check, exchange, type Local, load, type Model, store, type Turn, Violation } from './model-checker.ts';
import {
  naiveRestart,
  sequenceLock,
  splitStateWord,
  tripleBuffer,
  withoutExchange,
} from './models/frame-buffer-model.ts';
import {
  cells,
  claimsByStore,
  droppingOldest,
  mixesMoments,
  overfills,
  publishesTooEarly,
  refusing,
  releasesTooEarly,
  stampsTooEarly,
  trustsTheCounter,
} from './models/ring-model.ts';

describe('the model checker', () => {
  /** Two actors, each of which adds one to a word. */
  const counters = (add: () => Turn): Model => ({
    memory: [0, 0],
    actors: ['one', 'other'].map((name) => ({ name, initial: { done: false }, turn: add })),
  });

  it('finds a lost update, and a shortest trace to it', () => {
    function* add(): Turn {
      yield store(0, (yield load(0)) + 1);
      const finished = (yield load(1)) + 1;
      yield store(1, finished);
      if (finished === 2 && (yield load(0)) !== 2) throw new Violation('an update was lost');
      return undefined;
    }
    const { violation } = check(counters(add));
    expect(violation?.message).toBe('an update was lost');
    expect(violation?.trace.filter((step) => step.includes('load 0'))).toHaveLength(2);
  });

  it('finds no violation in a correct model, and visits each state once', () => {
    function* set(): Turn {
      yield exchange(0, 1);
      return undefined;
    }
    expect(check(counters(set))).toEqual({ states: 4 });
  });

  it('finds an actor that waits for a killed one', () => {
    function* lock({ mine }: Local): Turn {
      while ((yield exchange(0, 1)) === 1);
      yield store(0, 0);
      return mine ? undefined : { mine: true };
    }
    const model = counters(() => lock({ mine: true }));
    const { violation } = check({ ...model, actors: model.actors.map((actor) => ({ ...actor, kills: 1 })) });
    expect(violation?.message).toMatch(/is wedged/);
  });

  it('refuses a model with too many states', () => {
    function* count({ n }: Local): Turn {
      yield store(0, Number(n));
      return { n: Number(n) + 1 };
    }
    const model = { memory: [0], actors: [{ name: 'counter', initial: { n: 0 }, turn: count }] };
    expect(() => check(model, 100)).toThrow('more than 100 states');
  });
});

describe('the frame buffer', () => {
  it('has no torn frames, no waits and no older frames, with either side killed and replaced at every step', () => {
    const verdict = check(tripleBuffer({ frames: 4, reads: 4, writerKills: 2, readerKills: 2 }));
    expect(verdict).toEqual({ states: expect.any(Number) });
    expect(verdict.states).toBeGreaterThan(10_000);
  });

  it.each([
    ['starts a new writer in any slot', naiveRestart, /slot that it holds/],
    ['splits its state word', splitStateWord, /frame 0 after frame 2/],
    ['loads and stores instead of exchanging', withoutExchange, /slot|torn|frame/],
    ['locks by sequence', sequenceLock, /wedged/],
  ])('is caught if it %s', (_what, model, message) => {
    const { violation } = check(model({ frames: 3, reads: 3, writerKills: 1, readerKills: 0 }));
    expect(violation?.message).toMatch(message);
  });
});

describe('a ring', () => {
  it.each([
    ['refuses new items', refusing, { items: 5, turns: 5, kills: 2 }],
    ['is of cells', cells, { items: 5, turns: 5, kills: 2 }],
    ['drops the oldest', droppingOldest, { items: 5, turns: 4, kills: 1 }],
  ])(
    'that %s keeps every item whole and in order, with either side killed and replaced at every step',
    (_what, model, limits) => {
      const verdict = check(model(limits));
      expect(verdict).toEqual({ states: expect.any(Number) });
      expect(verdict.states).toBeGreaterThan(5000);
    },
  );

  it.each([
    ['published before it wrote', publishesTooEarly, /in place of|torn/],
    ['released before it read', releasesTooEarly, /in place of|torn/],
    ['wrote into a full ring', overfills, /in place of|torn|3 items/],
    ['claimed an item that was evicted meanwhile', claimsByStore, /in place of|torn|items in a ring/],
    ['stamped a cell before it wrote it', stampsTooEarly, /in place of|torn/],
    ['trusted a counter that is written after the stamp', trustsTheCounter, /in place of|torn|items in a ring/],
    ['combined counters from different moments', mixesMoments, /3 items in a ring of 2/],
  ])('is caught if it %s', (_what, model, message) => {
    const { violation } = check(model({ items: 6, turns: 6, kills: model === trustsTheCounter ? 1 : 0 }));
    expect(violation?.message).toMatch(message);
  });
});
