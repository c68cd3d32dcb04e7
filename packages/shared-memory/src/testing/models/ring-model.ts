/**
 * Models the algorithms of the rings for the model checker, and broken variants that the checker must catch. An item
 * has two words with its number. Item n is at position n modulo the capacity.
 */
import {
  type Actor,
  compareExchange,
  type Local,
  load,
  type Model,
  store,
  type Turn,
  Violation,
} from '../model-checker.ts';

const capacity = 2;
const written = 0;
const read = 1;
const wordsOf = (item: number): [number, number] => [2 + 2 * (item % capacity), 3 + 2 * (item % capacity)];
/** Word with the stamp of a cell, in rings of cells. */
const stampOf = (item: number): number => 2 + 2 * capacity + (item % capacity);
const initialMemory: readonly number[] = Array<number>(2 + 3 * capacity).fill(0);

export interface Limits {
  readonly items: number;
  readonly turns: number;
  readonly kills: number;
}

type Step<Result> = Generator<ReturnType<typeof load>, Result, number>;

function* putItem(item: number): Step<void> {
  for (const word of wordsOf(item)) yield store(word, item + 1);
}

function* getItem(item: number): Step<[number, number]> {
  const [first, last] = wordsOf(item);
  return [yield load(first), yield load(last)];
}

function expectItem([first, last]: [number, number], item: number): void {
  if (first !== last) throw new Violation(`item ${item} is torn: ${first} and ${last}`);
  if (first !== item + 1) throw new Violation(`item ${first - 1} in place of item ${item}`);
}

function expectFill(used: number): void {
  if (used < 0 || used > capacity) throw new Violation(`${used} items in a ring of ${capacity}, although no side lied`);
}

/**
 * `refuse`: each side keeps the last value of the other's counter and reads it again if the ring seems full or empty.
 */
function* produce({ own, peer, turns }: Local): Turn {
  if (turns === 0) return undefined;
  const left = Number(turns) - 1;
  let known = Number(peer);
  if (Number(own) - known === capacity) known = yield load(read);
  expectFill(Number(own) - known);
  if (Number(own) - known === capacity) return { own: own!, peer: known, turns: left };
  yield* putItem(Number(own));
  yield store(written, Number(own) + 1);
  return { own: Number(own) + 1, peer: known, turns: left };
}

function* consume({ own, peer, turns }: Local): Turn {
  if (turns === 0) return undefined;
  const left = Number(turns) - 1;
  let known = Number(peer);
  if (known === own) known = yield load(written);
  expectFill(known - Number(own));
  if (known === own) return { own, peer: known, turns: left };
  expectItem(yield* getItem(Number(own)), Number(own));
  yield store(read, Number(own) + 1);
  return { own: Number(own) + 1, peer: known, turns: left };
}

/** `drop-oldest`: the producer moves the consumer's counter; the consumer copies an item and then claims it. */
function* produceDropping({ own, peer, turns }: Local): Turn {
  if (turns === 0) return undefined;
  let known = Number(peer);
  if (Number(own) - known === capacity) known = yield load(read);
  while (Number(own) - known === capacity) {
    const found = yield compareExchange(read, known, known + 1);
    known = found === known ? known + 1 : found;
  }
  expectFill(Number(own) - known);
  yield* putItem(Number(own));
  yield store(written, Number(own) + 1);
  return { own: Number(own) + 1, peer: known, turns: Number(turns) - 1 };
}

/** A failed attempt ends the turn. The next turn starts again. */
function* consumeContended({ own, turns }: Local): Turn {
  if (turns === 0) return undefined;
  const again = { own: own!, turns: Number(turns) - 1 };
  const from = yield load(read);
  const to = yield load(written);
  if ((yield load(read)) !== from) return again;
  expectFill(to - from);
  if (to === from) return again;
  const copy = yield* getItem(from);
  if ((yield compareExchange(read, from, from + 1)) !== from) return again;
  expectItem(copy, from);
  if (from < Number(own)) throw new Violation(`item ${from} after item ${own}`);
  return { own: from + 1, turns: Number(turns) - 1 };
}

/** Cells: the stamp publishes a cell. The consumer reads no counter of the producer. */
function* produceCell({ own, peer, turns }: Local): Turn {
  if (turns === 0) return undefined;
  let known = Number(peer);
  if (Number(own) - known === capacity) known = yield load(read);
  expectFill(Number(own) - known);
  if (Number(own) - known === capacity) return { own: own!, peer: known, turns: Number(turns) - 1 };
  yield* putItem(Number(own));
  yield store(stampOf(Number(own)), Number(own) + 1);
  return { own: Number(own) + 1, peer: known, turns: Number(turns) - 1 };
}

function* consumeCell({ own, turns }: Local): Turn {
  if (turns === 0) return undefined;
  const left = Number(turns) - 1;
  if ((yield load(stampOf(Number(own)))) !== Number(own) + 1) return { own: own!, turns: left };
  expectItem(yield* getItem(Number(own)), Number(own));
  yield store(read, Number(own) + 1);
  return { own: Number(own) + 1, turns: left };
}

/** Counts the stamped cells in sequence (CellReader.peerCounter). */
function stampedUpTo(memory: readonly number[], from: number): number {
  let to = from;
  while (to - from < capacity && memory[stampOf(to)] === to + 1) to += 1;
  return to;
}

/** Models RingSide.replacePeer: the survivor gives the new side both counters. */
type PeerCounter = (memory: readonly number[], consumer: Local) => number;
const writtenWord: PeerCounter = (memory) => memory[written]!;

function ring(
  limits: Limits,
  produceTurn: Actor['turn'],
  consumeTurn: Actor['turn'],
  writtenBy: PeerCounter = writtenWord,
): Model {
  const producer = (memory: number[], survivor: Local, dead: Local): Local => ({
    own: writtenBy(memory, survivor),
    peer: memory[read]!,
    turns: dead.turns!,
  });
  const consumer = (memory: number[], _survivor: Local, dead: Local): Local => ({
    own: memory[read]!,
    peer: memory[written]!,
    turns: dead.turns!,
  });
  return {
    memory: initialMemory,
    actors: [
      {
        name: 'producer',
        initial: { own: 0, peer: 0, turns: limits.items },
        turn: produceTurn,
        kills: limits.kills,
        replace: { by: 'consumer', how: producer },
      },
      {
        name: 'consumer',
        initial: { own: 0, peer: 0, turns: limits.turns },
        turn: consumeTurn,
        kills: limits.kills,
        replace: { by: 'producer', how: consumer },
      },
    ],
  };
}

export const refusing = (limits: Limits): Model => ring(limits, produce, consume);
export const droppingOldest = (limits: Limits): Model => ring(limits, produceDropping, consumeContended);

export const cells = (limits: Limits): Model =>
  ring(limits, produceCell, consumeCell, (memory, { own }) => stampedUpTo(memory, Number(own)));

/** Broken: stamps a cell before it writes it. */
export function stampsTooEarly(limits: Limits): Model {
  function* early({ own, turns }: Local): Turn {
    if (turns === 0) return undefined;
    const known = yield load(read);
    if (Number(own) - known === capacity) return { own: own!, peer: known, turns: Number(turns) - 1 };
    yield store(stampOf(Number(own)), Number(own) + 1);
    yield* putItem(Number(own));
    return { own: Number(own) + 1, peer: known, turns: Number(turns) - 1 };
  }
  return ring(limits, early, consumeCell, (memory, { own }) => stampedUpTo(memory, Number(own)));
}

/** Broken: a new producer starts at a counter that is written after the stamp. */
export function trustsTheCounter(limits: Limits): Model {
  function* counting(local: Local): Turn {
    const turn = produceCell(local);
    let point = turn.next();
    while (!point.done) point = turn.next(yield point.value);
    if (point.value && point.value.own !== local.own) yield store(written, Number(point.value.own));
    return point.value;
  }
  return ring(limits, counting, consumeCell);
}

/** Broken: publishes before it writes. */
export function publishesTooEarly(limits: Limits): Model {
  function* early({ own, peer, turns }: Local): Turn {
    if (turns === 0) return undefined;
    const known = yield load(read);
    if (Number(own) - known === capacity) return { own: own!, peer: peer!, turns: Number(turns) - 1 };
    yield store(written, Number(own) + 1);
    yield* putItem(Number(own));
    return { own: Number(own) + 1, peer: known, turns: Number(turns) - 1 };
  }
  return ring(limits, early, consume);
}

/** Broken: releases before it reads. */
export function releasesTooEarly(limits: Limits): Model {
  function* early({ own, peer, turns }: Local): Turn {
    if (turns === 0) return undefined;
    const known = yield load(written);
    if (known === own) return { own, peer: peer!, turns: Number(turns) - 1 };
    yield store(read, Number(own) + 1);
    expectItem(yield* getItem(Number(own)), Number(own));
    return { own: Number(own) + 1, peer: known, turns: Number(turns) - 1 };
  }
  return ring(limits, produce, early);
}

/** Broken: writes into a full ring. */
export function overfills(limits: Limits): Model {
  function* over({ own, turns }: Local): Turn {
    if (turns === 0) return undefined;
    const known = yield load(read);
    if (Number(own) - known > capacity) return { own: own!, peer: known, turns: Number(turns) - 1 };
    yield* putItem(Number(own));
    yield store(written, Number(own) + 1);
    return { own: Number(own) + 1, peer: known, turns: Number(turns) - 1 };
  }
  return ring(limits, over, consume);
}

/** Broken: with drop-oldest, claims the copied item by a store, although the producer may have evicted it. */
export function claimsByStore(limits: Limits): Model {
  function* careless({ own, turns }: Local): Turn {
    if (turns === 0) return undefined;
    const from = yield load(read);
    const to = yield load(written);
    if (to <= from) return { own: own!, turns: Number(turns) - 1 };
    const copy = yield* getItem(from);
    yield store(read, from + 1);
    expectItem(copy, from);
    return { own: from + 1, turns: Number(turns) - 1 };
  }
  return ring(limits, produceDropping, careless);
}

/** Broken: with drop-oldest, combines two counters from different moments. */
export function mixesMoments(limits: Limits): Model {
  function* hasty({ own, turns }: Local): Turn {
    if (turns === 0) return undefined;
    const from = yield load(read);
    const to = yield load(written);
    expectFill(to - from);
    return { own: own!, turns: Number(turns) - 1 };
  }
  return ring(limits, produceDropping, hasty);
}
