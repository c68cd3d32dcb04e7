const [KiB, MiB] = [1024, 1024 * 1024];

/** Ways that carry messages, each with copies made by the kernel, the engine or the C library on the way. */
export const messageWays = ['port', 'pipe', 'unix', 'tcp', 'mq'] as const;
/** Through shared memory: the receiver looks all the time, or sleeps until it is woken. */
export const sharedWays = ['shared-spin', 'shared-asleep'] as const;
export const ways = [...messageWays, ...sharedWays, 'memcpy'] as const;
export type Way = (typeof ways)[number];

/** A 1080p frame has about 8 MiB: what the bench measures, too. */
const coarse = [16, 256, 4 * KiB, 64 * KiB, MiB, 8 * MiB, 64 * MiB];
const fine = [64, KiB, 16 * KiB, 256 * KiB, 4 * MiB, 16 * MiB];
const largeFrom = 64 * KiB;

export type Span = 'all' | 'small' | 'large';

/** Bytes of a block, rising. */
export function sizesOf(span: Span, steps: 'coarse' | 'fine'): number[] {
  const sizes = steps === 'fine' ? [...coarse, ...fine] : coarse;
  return sizes
    .filter((bytes) => span === 'all' || (span === 'small' ? bytes <= largeFrom : bytes >= largeFrom))
    .sort((a, b) => a - b);
}

const burstBytes = MiB;
const mostBlocks = 256;
/** From here on shared memory takes a frame buffer, in which each block follows the acknowledgement of the one before. */
export const frameFromBytes = 256 * KiB;

/** So many blocks one after the other before they are acknowledged: what throughput is measured by. */
export const burstOf = (bytes: number): number =>
  bytes >= frameFromBytes ? 1 : Math.max(1, Math.min(mostBlocks, burstBytes / bytes));

/** One thing to measure: so many blocks of so many bytes there, and one acknowledgement back. */
export interface Trip {
  readonly way: Way;
  readonly bytes: number;
  readonly blocks: number;
}

/** Everything to measure, all ways of one size together. */
export function tripsOf(sizes: readonly number[]): Trip[] {
  return sizes.flatMap((bytes) =>
    ways.flatMap((way) => [...new Set([1, burstOf(bytes)])].map((blocks) => ({ way, bytes, blocks }))),
  );
}

/** How often the bytes of a block are copied from the sender's memory until the receiver can read them. */
export const copies: Readonly<Record<Way, string>> = {
  port: '≥ 3',
  pipe: '2',
  unix: '2',
  tcp: '2',
  mq: '2',
  'shared-spin': '1',
  'shared-asleep': '1',
  memcpy: '1',
};
