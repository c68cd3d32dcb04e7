/**
 * Descriptors: plain data that a peer receives over a port and attaches with. Each has a schema that contracts embed.
 * This file (`@bulkhead/shared-memory/descriptors`) uses neither Node nor the DOM, so that contracts need neither.
 */
import * as v from 'valibot';

/** Size of a WebAssembly page. Every segment is a whole number of these. */
export const pageBytes = 65_536;
/** Largest 32-bit WebAssembly.Memory, minus one page, so that every size fits into an unsigned 32-bit word. */
export const maximumBytes = 65_535 * pageBytes;
/** Size of a cache line: words of different processes must not share one. */
export const wordAlignment = 64;
/** Pixels begin on a memory page. */
export const pixelAlignment = 4096;

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** An unsigned 32-bit word. */
const word = v.pipe(wholeNumber, v.maxValue(0xffff_ffff));
const label = v.pipe(v.string(), v.maxLength(200));
const segmentId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

const common = {
  /** Random. Identifies the segment, and is in its header too. */
  id: segmentId,
  /** Size of the segment: whole WebAssembly pages. */
  bytes: v.pipe(wholeNumber, v.minValue(pageBytes), v.maxValue(maximumBytes), v.multipleOf(pageBytes)),
  layoutVersion: word,
  generation: word,
  /** Access of the peer. The kernel enforces it for a sealed segment; for a named one only the peer itself does. */
  access: v.picklist(['read-only', 'read-write']),
};

/** Everything that a peer needs to attach a segment. */
export const segmentDescriptor = v.variant('backend', [
  v.strictObject({
    backend: v.literal('named'),
    /** As shm_open takes it. */
    name: v.pipe(v.string(), v.regex(/^\/bulkhead-[0-9]+-[0-9]+-[0-9]+-[0-9a-f]{24}$/)),
    ...common,
  }),
  v.strictObject({
    backend: v.literal('sealed'),
    /** PID of the creator, which keeps `fd` open as long as peers may attach. */
    pid: v.pipe(wholeNumber, v.minValue(1)),
    fd: wholeNumber,
    ...common,
  }),
]);

export type SegmentDescriptor = v.InferOutput<typeof segmentDescriptor>;

/** For `Arena.attach`, or for `add` to an attached arena. */
export const arenaDescriptor = v.strictObject({
  label,
  segments: v.pipe(v.array(segmentDescriptor), v.maxLength(64)),
});

export type ArenaDescriptor = v.InferOutput<typeof arenaDescriptor>;

/** A region of a segment, in bytes. The offset counts from the start of the segment. */
export const regionDescriptor = v.strictObject({
  segmentId,
  byteOffset: v.pipe(wholeNumber, v.multipleOf(wordAlignment)),
  byteLength: wholeNumber,
});

export type RegionDescriptor = v.InferOutput<typeof regionDescriptor>;

/** One side of a frame buffer. The peer must have attached the arena. */
export const frameBufferDescriptor = v.strictObject({
  kind: v.literal('frame-buffer'),
  /** Name in reports and errors. */
  label,
  /** Role of the peer. */
  role: v.picklist(['writer', 'reader']),
  control: regionDescriptor,
  pixels: regionDescriptor,
  /** Size of one slot, which holds one frame. */
  slotBytes: v.pipe(wholeNumber, v.minValue(pixelAlignment), v.multipleOf(pixelAlignment)),
  /** Number of peers that have had this role so far. Each replacement gets the next number. */
  generation: word,
  /** The slot that the peer holds at first. */
  slot: v.picklist([0, 1, 2]),
  /** Number of the last published frame; 0 before the first. Does not wrap. */
  sequence: wholeNumber,
});

export type FrameBufferDescriptor = v.InferOutput<typeof frameBufferDescriptor>;

/** Element types of an element ring. */
export const elementTypes = ['uint8', 'int16', 'int32', 'uint32', 'float32', 'float64'] as const;

/** One side of a ring. The peer must have attached the arena. */
export const ringDescriptor = v.strictObject({
  kind: v.literal('ring'),
  /** Name in reports and errors. */
  label,
  /** Role of the peer. */
  role: v.picklist(['writer', 'reader']),
  /** Contents: records of any size, cells of 15 words, or fixed-size elements. */
  of: v.picklist(['record', 'cell', ...elementTypes]),
  region: regionDescriptor,
  /** In bytes for a record ring, otherwise in cells or elements. A power of two. */
  capacity: v.pipe(wholeNumber, v.minValue(1), v.maxValue(2 ** 30)),
  /** Policy of a full ring: it refuses the new data, or drops the oldest. */
  overflow: v.picklist(['refuse', 'drop-oldest']),
  /** Number of peers that have had this role so far. Each replacement gets the next number. */
  generation: word,
  /** Values of both counters when the peer attaches. */
  written: word,
  read: word,
});

export type RingDescriptor = v.InferOutput<typeof ringDescriptor>;

/** The textbook's bounded buffer. The peer must have attached the arena. */
export const boundedBufferDescriptor = v.strictObject({
  kind: v.literal('bounded-buffer'),
  /** Name in reports and errors. */
  label,
  region: regionDescriptor,
  slots: v.pipe(wholeNumber, v.minValue(2)),
  itemBytes: v.pipe(wholeNumber, v.minValue(1)),
});

export type BoundedBufferDescriptor = v.InferOutput<typeof boundedBufferDescriptor>;

/** The textbook's unbounded buffer, for the consumer. The consumer must have attached the arena. */
export const unboundedBufferDescriptor = v.strictObject({
  kind: v.literal('unbounded-buffer'),
  /** Name in reports and errors. */
  label,
  head: regionDescriptor,
  /** The first block that the consumer reads. */
  block: regionDescriptor,
  itemBytes: v.pipe(wholeNumber, v.minValue(1)),
  blockItems: v.pipe(wholeNumber, v.minValue(1)),
});

export type UnboundedBufferDescriptor = v.InferOutput<typeof unboundedBufferDescriptor>;
