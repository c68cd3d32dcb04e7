import { type Backend, Segment } from '@bulkhead/shared-memory';
import { segmentDescriptor } from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';
import type { Actor, Cast, Stage } from '../../lab/index.ts';

/** Behind a segment's own header; also where a lesson's memory begins. */
export const firstByte = 4096;

/** The director's: memory of `bytes` zero bytes for these processes, each of which attaches it; gone with the run. */
export async function giveMemory(
  stage: Stage,
  bytes: number,
  casts: readonly Cast[],
  backend: Backend = 'sealed',
): Promise<Segment> {
  const segment = await Segment.create({ label: 'lesson', backend, payloadBytes: firstByte + bytes });
  stage.onEnd(() => segment.destroy());
  for (const cast of casts) cast.tell('memory', segment.descriptor());
  return segment;
}

/**
 * Has names removed as soon as each of these processes has told (`attached`) that it needs them no more: then nothing is
 * left of them, even if the browser is killed.
 */
export function onceAttached(casts: readonly Cast[], removeNames: () => void): void {
  // Where one ends before, the end of the run removes them.
  Promise.all(casts.map((cast) => cast.told('attached'))).then(removeNames, () => undefined);
}

/** What this process has attached: views of it do not keep a segment from being collected, and its memory with it. */
const attached: Segment[] = [];

/** A process's: maps the memory that the director gives, until the process ends. */
export async function attachMemory(actor: Actor): Promise<Segment> {
  const segment = Segment.attach(v.parse(segmentDescriptor, await actor.told('memory')), 'lesson');
  attached.push(segment);
  return segment;
}

/** `count` words of 4 bytes from word `first` of a lesson's memory. */
export function wordsOf(segment: Segment, first: number, count: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(segment.buffer, firstByte + 4 * first, count);
}
