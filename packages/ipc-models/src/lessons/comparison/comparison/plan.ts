const [KiB, MiB] = [1024, 1024 * 1024];

/** Ways that carry messages, with copies by the kernel, the engine or the C library. */
export const messageWays = ['port', 'pipe', 'unix', 'tcp', 'mq'] as const;
/** Ways through shared memory: the receiver polls, or sleeps until it is woken. */
export const sharedWays = ['shared-spin', 'shared-asleep'] as const;
export const ways = [...messageWays, ...sharedWays, 'memcpy'] as const;
export type Way = (typeof ways)[number];

/** A 1080p frame has about 8 MiB, as in the benchmark. */
const coarse = [16, 256, 4 * KiB, 64 * KiB, MiB, 8 * MiB, 64 * MiB];
const fine = [64, KiB, 16 * KiB, 256 * KiB, 4 * MiB, 16 * MiB];
const largeFrom = 64 * KiB;

export type Span = 'all' | 'small' | 'large';

/** Returns the block sizes in bytes, ascending. */
export function sizesOf(span: Span, steps: 'coarse' | 'fine'): number[] {
  const sizes = steps === 'fine' ? [...coarse, ...fine] : coarse;
  return sizes
    .filter((bytes) => span === 'all' || (span === 'small' ? bytes <= largeFrom : bytes >= largeFrom))
    .sort((a, b) => a - b);
}

const burstBytes = MiB;
const mostBlocks = 256;
/**
 * Block size from which shared memory uses a frame buffer. Each block then waits for the acknowledgement of the last.
 */
export const frameFromBytes = 256 * KiB;

/** Number of blocks before an acknowledgement, for the measurement of throughput. */
export const burstOf = (bytes: number): number =>
  bytes >= frameFromBytes ? 1 : Math.max(1, Math.min(mostBlocks, burstBytes / bytes));

/** A measurement: `blocks` blocks of `bytes`, and one acknowledgement. */
export interface Trip {
  readonly way: Way;
  readonly bytes: number;
  readonly blocks: number;
}

/** Returns all measurements, grouped by size. */
export function tripsOf(sizes: readonly number[]): Trip[] {
  return sizes.flatMap((bytes) =>
    ways.flatMap((way) => [...new Set([1, burstOf(bytes)])].map((blocks) => ({ way, bytes, blocks }))),
  );
}

/** Number of copies of a block from the sender's memory until the receiver can read it. */
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
