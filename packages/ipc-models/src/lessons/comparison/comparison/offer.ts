import {
  arenaDescriptor,
  frameBufferDescriptor,
  regionDescriptor,
  ringDescriptor,
} from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';

/** Objects that the sender has made, for the receiver to open. */
export const offer = v.strictObject({
  /** Pipes, by paths in /proc: one for blocks, one for acknowledgements. */
  pipe: v.string(),
  pipeBack: v.string(),
  /** Message queues, by name. */
  queue: v.string(),
  queueBack: v.string(),
  /** Shared memory. */
  arena: arenaDescriptor,
  ring: ringDescriptor,
  frames: frameBufferDescriptor,
  /** Control words: see `sharedWord`. */
  words: regionDescriptor,
  toReceiver: regionDescriptor,
  toSender: regionDescriptor,
});
export type Offer = v.InferOutput<typeof offer>;

/** Where the receiver listens. */
export const listening = v.strictObject({ path: v.string(), host: v.string(), port: v.number() });
export type Listening = v.InferOutput<typeof listening>;

/** Words of the region that both processes write, each on its own cache line. */
export const sharedWord = { acknowledged: 0, counter: 16, barrier: 32, turn: 48, block: 64 } as const;
export const sharedWordsBytes = 512;

/** Size of the ring for small blocks: a burst fits more than twice. */
export const ringBytes = 4 << 20;
/** Default limit of Linux for the size of a message in a message queue. */
export const queueMessageBytes = 8192;
export const queueMessages = 10;

/** Returns the width and height of a frame of `bytes`, which is a power of two, with 4 bytes a pixel. */
export function frameOf(bytes: number): { width: number; height: number; format: 'bgra8' } {
  const width = 2 ** Math.ceil(Math.log2(bytes / 4) / 2);
  return { width, height: bytes / 4 / width, format: 'bgra8' };
}
