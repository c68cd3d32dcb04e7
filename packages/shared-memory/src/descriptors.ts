/**
 * What travels over ports so that a peer can attach: plain data with a schema each, for contracts to embed. This file
 * needs neither Node nor a page (`@bulkhead/shared-memory/descriptors`), so that a contract stays free of both.
 */
import * as v from 'valibot';

/** WebAssembly counts memory in these; so does every segment. */
export const pageBytes = 65_536;
/** What a 32-bit WebAssembly.Memory holds at most, less one page so that every size fits an unsigned 32-bit word. */
export const maximumBytes = 65_535 * pageBytes;
/** Words of different processes must not share a cache line. */
export const wordAlignment = 64;
/** Pixels begin on a memory page. */
export const pixelAlignment = 4096;

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** An unsigned 32-bit word. */
const word = v.pipe(wholeNumber, v.maxValue(0xffff_ffff));
const label = v.pipe(v.string(), v.maxLength(200));
const segmentId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

const common = {
  /** Random; stands in the segment's header too. Tells this segment from any other. */
  id: segmentId,
  /** The segment's size: whole WebAssembly pages. */
  bytes: v.pipe(wholeNumber, v.minValue(pageBytes), v.maxValue(maximumBytes), v.multipleOf(pageBytes)),
  layoutVersion: word,
  generation: word,
  /** What the peer may do with it. Of a sealed segment the kernel sees to it; of a named one only the peer itself. */
  access: v.picklist(['read-only', 'read-write']),
};

/** All that a peer needs to attach a segment. */
export const segmentDescriptor = v.variant('backend', [
  v.strictObject({
    backend: v.literal('named'),
    /** As shm_open takes it. */
    name: v.pipe(v.string(), v.regex(/^\/bulkhead-[0-9]+-[0-9]+-[0-9]+-[0-9a-f]{24}$/)),
    ...common,
  }),
  v.strictObject({
    backend: v.literal('sealed'),
    /** The creator's, which keeps `fd` open for as long as peers may attach. */
    pid: v.pipe(wholeNumber, v.minValue(1)),
    fd: wholeNumber,
    ...common,
  }),
]);

export type SegmentDescriptor = v.InferOutput<typeof segmentDescriptor>;

/** What a peer attaches an arena with, or adds segments to one that it has. */
export const arenaDescriptor = v.strictObject({
  label,
  segments: v.pipe(v.array(segmentDescriptor), v.maxLength(64)),
});

export type ArenaDescriptor = v.InferOutput<typeof arenaDescriptor>;

/** Where in which segment something lies. Bytes; offsets count from the segment's beginning. */
export const regionDescriptor = v.strictObject({
  segmentId,
  byteOffset: v.pipe(wholeNumber, v.multipleOf(wordAlignment)),
  byteLength: wholeNumber,
});

export type RegionDescriptor = v.InferOutput<typeof regionDescriptor>;

/** One side of a frame buffer, to be attached by a peer that has the arena. */
export const frameBufferDescriptor = v.strictObject({
  kind: v.literal('frame-buffer'),
  /** For people. */
  label,
  /** What the peer is to be. */
  role: v.picklist(['writer', 'reader']),
  control: regionDescriptor,
  pixels: regionDescriptor,
  /** Room for one frame. */
  slotBytes: v.pipe(wholeNumber, v.minValue(pixelAlignment), v.multipleOf(pixelAlignment)),
  /** Counts the peers that have had this role: each replacement has the next. */
  generation: word,
  /** The slot that the peer holds at the start. */
  slot: v.picklist([0, 1, 2]),
  /** Of the last frame published so far; 0 before the first. Does not wrap. */
  sequence: wholeNumber,
});

export type FrameBufferDescriptor = v.InferOutput<typeof frameBufferDescriptor>;

/** The arrays that an element ring can be of. */
export const elementTypes = ['uint8', 'int16', 'int32', 'uint32', 'float32', 'float64'] as const;

/** One side of a ring, to be attached by a peer that has the arena. */
export const ringDescriptor = v.strictObject({
  kind: v.literal('ring'),
  /** For people. */
  label,
  /** What the peer is to be. */
  role: v.picklist(['writer', 'reader']),
  /** Of records of any size, of cells of 15 words, or of fixed-size elements. */
  of: v.picklist(['record', 'cell', ...elementTypes]),
  region: regionDescriptor,
  /** Bytes of a record ring, cells or elements of the others. A power of two. */
  capacity: v.pipe(wholeNumber, v.minValue(1), v.maxValue(2 ** 30)),
  /** What happens when there is no room: the new is refused, or the oldest is given up. */
  overflow: v.picklist(['refuse', 'drop-oldest']),
  /** Counts the peers that have had this role: each replacement has the next. */
  generation: word,
  /** Where the two counters stand when the peer takes up. */
  written: word,
  read: word,
});

export type RingDescriptor = v.InferOutput<typeof ringDescriptor>;

/** The textbook's buffer, to be attached by a peer that has the arena. */
export const boundedBufferDescriptor = v.strictObject({
  kind: v.literal('bounded-buffer'),
  /** For people. */
  label,
  region: regionDescriptor,
  slots: v.pipe(wholeNumber, v.minValue(2)),
  itemBytes: v.pipe(wholeNumber, v.minValue(1)),
});

export type BoundedBufferDescriptor = v.InferOutput<typeof boundedBufferDescriptor>;

/** The textbook's other buffer, to be attached by the consumer, which must have the arena. */
export const unboundedBufferDescriptor = v.strictObject({
  kind: v.literal('unbounded-buffer'),
  /** For people. */
  label,
  head: regionDescriptor,
  /** The first block that the consumer reads. */
  block: regionDescriptor,
  itemBytes: v.pipe(wholeNumber, v.minValue(1)),
  blockItems: v.pipe(wholeNumber, v.minValue(1)),
});

export type UnboundedBufferDescriptor = v.InferOutput<typeof unboundedBufferDescriptor>;
