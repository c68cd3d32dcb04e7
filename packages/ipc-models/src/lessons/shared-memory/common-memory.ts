import { type Backend, Segment } from '@bulkhead/shared-memory';
import { segmentDescriptor } from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';
import type { Actor, Cast, Stage } from '../../lab/index.ts';

/** First byte of a lesson's memory, after the header of the segment. */
export const firstByte = 4096;

/** Makes memory of `bytes` zero bytes for these processes, until the run ends. For the director. */
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
 * Removes names as soon as each of these processes has told (`attached`) that it no longer needs them. Then no name is
 * left, even if the browser is killed.
 */
export function onceAttached(casts: readonly Cast[], removeNames: () => void): void {
  // If a process ends before that, the end of the run removes the names.
  Promise.all(casts.map((cast) => cast.told('attached'))).then(removeNames, () => undefined);
}

/** Segments that this process has attached. A view does not keep its segment alive, so this list does. */
const attached: Segment[] = [];

/** Maps the memory from the director, until the process ends. For a process. */
export async function attachMemory(actor: Actor): Promise<Segment> {
  const segment = Segment.attach(v.parse(segmentDescriptor, await actor.told('memory')), 'lesson');
  attached.push(segment);
  return segment;
}

/** Returns `count` words of 4 bytes from word `first` of a lesson's memory. */
export function wordsOf(segment: Segment, first: number, count: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(segment.buffer, firstByte + 4 * first, count);
}
