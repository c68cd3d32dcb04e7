/**
 * Models the algorithm of FrameWriter and FrameReader for the model checker, and broken variants that the checker must
 * catch. A frame has two pixels; each is a word with the frame's sequence number.
 */
import { dirtyBit, parseState, type Slot, slotMask, thirdSlot } from '../../frames/frame-layout.ts';
import { type Actor, exchange, type Local, load, type Model, store, type Turn, Violation } from '../model-checker.ts';

const state = 0;
const sequenceOf = (slot: number): number => 1 + slot;
const pixelsOf = (slot: number): [number, number] => [4 + 2 * slot, 5 + 2 * slot];
/** Word for the variant with a split state word. */
const separateDirty = 10;
/** Word for the sequence lock. */
const version = 11;
const initialMemory: readonly number[] = [1, ...Array<number>(11).fill(0)];

export interface Limits {
  readonly frames: number;
  readonly reads: number;
  readonly writerKills: number;
  readonly readerKills: number;
}

function* publish({ slot, sequence, left }: Local): Turn {
  if (left === 0) return undefined;
  const next = Number(sequence) + 1;
  yield* draw(Number(slot), next);
  const found = parseState(yield exchange(state, Number(slot) | dirtyBit));
  if (!found || found.slot === slot) throw new Violation('the writer was given a slot that it holds');
  return { slot: found.slot, sequence: next, left: Number(left) - 1 };
}

function* draw(slot: number, sequence: number): Generator<ReturnType<typeof store>, void, number> {
  const [first, last] = pixelsOf(slot);
  yield store(first, sequence);
  yield store(last, sequence);
  yield store(sequenceOf(slot), sequence);
}

/** Checks the held frame again, and then takes the next frame if there is one. */
function* read({ slot, sequence, left, holds }: Local): Turn {
  if (left === 0) return undefined;
  if (holds) yield* expectFrame(Number(slot), Number(sequence));
  const remaining = Number(left) - 1;
  if (((yield load(state)) & dirtyBit) === 0)
    return { slot: slot!, sequence: sequence!, left: remaining, holds: holds! };
  const found = parseState(yield exchange(state, Number(slot)));
  if (!found?.dirty || found.slot === slot) throw new Violation('the reader was given a slot that it holds');
  const taken = yield load(sequenceOf(found.slot));
  if (taken <= Number(sequence)) throw new Violation(`frame ${taken} after frame ${sequence}`);
  yield* expectFrame(found.slot, taken);
  return { slot: found.slot, sequence: taken, left: remaining, holds: true };
}

function* expectFrame(slot: number, sequence: number): Generator<ReturnType<typeof load>, void, number> {
  for (const pixel of pixelsOf(slot)) {
    const found = yield load(pixel);
    if (found !== sequence) throw new Violation(`torn: frame ${sequence} has a pixel of frame ${found}`);
  }
}

/** Models FrameReader.replaceWriter. */
function replaceWriter(memory: number[], reader: Local, dead: Local): Local {
  const middle = (memory[state]! & slotMask) as Slot;
  const newest = Math.max(Number(reader.sequence), memory[sequenceOf(middle)]!);
  return { slot: thirdSlot(middle, reader.slot as Slot), sequence: newest, left: dead.left! };
}

/** Models FrameWriter.replaceReader: offers the dead reader's last frame again if there is no newer one. */
function replaceReader(memory: number[], writer: Local, dead: Local): Local {
  const word = memory[state]!;
  const middle = (word & slotMask) as Slot;
  const freed = thirdSlot(middle, writer.slot as Slot);
  const published = Number(writer.sequence);
  const left = dead.left!;
  if ((word & dirtyBit) !== 0) return { slot: freed, sequence: published - 1, left, holds: false };
  if (published === 0 || memory[sequenceOf(freed)] !== published)
    return { slot: freed, sequence: published, left, holds: false };
  memory[state] = freed | dirtyBit;
  return { slot: middle, sequence: published - 1, left, holds: false };
}

/**
 * Checks, when both sides are between turns, that each slot is held by exactly one of the three, and that the newest
 * frame is either taken or offered.
 */
function nothingIsLost(memory: readonly number[], { writer, reader }: Readonly<Record<string, Local>>): void {
  if (!writer || !reader) return;
  const word = memory[state]!;
  const middle = word & slotMask;
  const held = [middle, writer.slot, reader.slot];
  if (new Set(held).size !== 3) throw new Violation(`slots held by middle, writer and reader: ${held}`);
  const offered = (word & dirtyBit) !== 0 && memory[sequenceOf(middle)] === writer.sequence;
  if (!offered && reader.sequence !== writer.sequence) throw new Violation(`frame ${writer.sequence} is lost`);
}

export function tripleBuffer(limits: Limits): Model {
  return {
    memory: initialMemory,
    actors: [writerOf(limits, publish, replaceWriter), readerOf(limits, read)],
    invariant: nothingIsLost,
  };
}

type Replace = NonNullable<Actor['replace']>['how'];

function writerOf({ frames, writerKills }: Limits, turn: Actor['turn'], how: Replace): Actor {
  const initial = { slot: 0, sequence: 0, left: frames };
  return { name: 'writer', initial, turn, kills: writerKills, replace: { by: 'reader', how } };
}

function readerOf({ reads, readerKills }: Limits, turn: Actor['turn']): Actor {
  const initial = { slot: 2, sequence: 0, left: reads, holds: false };
  return { name: 'reader', initial, turn, kills: readerKills, replace: { by: 'writer', how: replaceReader } };
}

/** Broken: a new writer starts with slot 0, although another side may hold it. */
export function naiveRestart(limits: Limits): Model {
  const restart: Replace = (_memory, reader, dead) => ({
    slot: 0,
    sequence: Number(reader.sequence) + 1,
    left: dead.left!,
  });
  return { memory: initialMemory, actors: [writerOf(limits, publish, restart), readerOf(limits, read)] };
}

/** Broken: the middle slot and the dirty bit are in two words. */
export function splitStateWord(limits: Limits): Model {
  function* publishSplit({ slot, sequence, left }: Local): Turn {
    if (left === 0) return undefined;
    const next = Number(sequence) + 1;
    yield* draw(Number(slot), next);
    const middle = yield exchange(state, Number(slot));
    yield store(separateDirty, 1);
    return { slot: middle, sequence: next, left: Number(left) - 1 };
  }
  function* readSplit({ slot, sequence, left, holds }: Local): Turn {
    if (left === 0) return undefined;
    if (holds) yield* expectFrame(Number(slot), Number(sequence));
    const remaining = Number(left) - 1;
    if ((yield exchange(separateDirty, 0)) === 0) {
      return { slot: slot!, sequence: sequence!, left: remaining, holds: holds! };
    }
    const middle = yield exchange(state, Number(slot));
    const taken = yield load(sequenceOf(middle));
    if (taken <= Number(sequence)) throw new Violation(`frame ${taken} after frame ${sequence}`);
    yield* expectFrame(middle, taken);
    return { slot: middle, sequence: taken, left: remaining, holds: true };
  }
  return {
    memory: initialMemory,
    actors: [writerOf(limits, publishSplit, replaceWriter), readerOf(limits, readSplit)],
  };
}

/** Broken: load and store instead of the exchange. */
export function withoutExchange(limits: Limits): Model {
  function* publishLoadStore({ slot, sequence, left }: Local): Turn {
    if (left === 0) return undefined;
    const next = Number(sequence) + 1;
    yield* draw(Number(slot), next);
    const found = (yield load(state)) & slotMask;
    yield store(state, Number(slot) | dirtyBit);
    return { slot: found, sequence: next, left: Number(left) - 1 };
  }
  const model = tripleBuffer(limits);
  return { ...model, actors: [writerOf(limits, publishLoadStore, replaceWriter), model.actors[1]!] };
}

/** Broken: one slot with a sequence lock, which is odd during a write. A writer that dies then blocks every reader. */
export function sequenceLock(limits: Limits): Model {
  function* publishLocked({ sequence, left, slot }: Local): Turn {
    if (left === 0) return undefined;
    const next = Number(sequence) + 1;
    const before = yield load(version);
    yield store(version, before + 1);
    yield* draw(0, next);
    yield store(version, before + 2);
    return { slot: slot!, sequence: next, left: Number(left) - 1 };
  }
  function* readLocked({ sequence, left, slot }: Local): Turn {
    if (left === 0) return undefined;
    for (;;) {
      const before = yield load(version);
      if (before % 2 === 1) continue;
      const [first, last] = [yield load(pixelsOf(0)[0]), yield load(pixelsOf(0)[1])];
      if ((yield load(version)) !== before) continue;
      if (first !== last) throw new Violation('torn');
      return { slot: slot!, sequence: Math.max(Number(sequence), first), left: Number(left) - 1 };
    }
  }
  const stayDead = { ...writerOf(limits, publishLocked, replaceWriter) };
  return {
    memory: initialMemory,
    actors: [
      { name: 'writer', initial: stayDead.initial, turn: publishLocked, kills: 1 },
      readerOf(limits, readLocked),
    ],
  };
}
