import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { pluginState } from './plugin-state.ts';
import { bounded, count, milliseconds, pid, pixels } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** Longest edge of the small pictures that plugins draw of frames, pixels. */
export const maximumPictureEdge = 320;

/** Bytes of the largest small picture. */
export const maximumPictureBytes = maximumPictureEdge ** 2 * 4;

/** An unsigned 32-bit word as read from shared memory. A peer may write anything: show it, and never rely on it. */
const word = v.pipe(count, v.maxValue(0xffff_ffff));
const label = bounded(200);

const side = v.strictObject({
  /** 0 while there is no process. */
  pid: word,
  /** Name of the process: `browser` or the plugin's name; null for a PID that is neither. */
  name: v.nullable(bounded(64)),
  generation: word,
  /** Slot that this side holds; null for buffers without slots of their own. */
  slot: v.nullable(word),
});

/** Adjacent control words: those of one side or of one slot. */
export const wordLine = v.strictObject({
  name: bounded(32),
  words: v.pipe(v.array(v.strictObject({ name: bounded(32), value: word })), v.maxLength(256)),
});
export type WordLine = v.InferOutput<typeof wordLine>;

/**
 * One buffer of the data plane that the browser process writes or reads. `port`: without shared memory, frames are
 * copied over a port; such a buffer has one slot and no control words.
 */
export const frameBufferReport = v.strictObject({
  /** Identifies the buffer across reports. */
  key: bounded(512),
  kind: v.picklist(['frame-buffer', 'ring', 'bounded-buffer', 'unbounded-buffer']),
  label,
  arena: label,
  backend: v.picklist(['named', 'sealed', 'port']),
  /** Total size: control words and contents. */
  bytes: count,
  slots: count,
  /** Bytes of one slot. */
  slotBytes: count,
  writer: side,
  reader: side,
  /** Sequence numbers of the writer and the reader, modulo 2^32. */
  published: word,
  taken: word,
  /** Counts modulo 2^32: published and never read; changed while held; published over one not yet taken. */
  dropped: word,
  torn: word,
  overwritten: word,
  /** Size of the newest frame, from its slot; null if the buffer holds no frames, or none yet. */
  frame: v.nullable(v.strictObject({ width: word, height: word, strideBytes: word })),
  /** Set once the peer has written a forbidden value. */
  fault: v.nullable(bounded(500)),
  lines: v.pipe(v.array(wordLine), v.maxLength(16)),
});
export type FrameBufferReport = v.InferOutput<typeof frameBufferReport>;

/** A segment of shared memory that holds buffers. */
export const segmentReport = v.strictObject({
  id: bounded(16),
  label,
  backend: v.picklist(['named', 'sealed']),
  bytes: count,
  generation: word,
  /** PID of the creator, from the header. */
  ownerPid: word,
  /** Whether another process can still attach it. */
  attachable: v.boolean(),
});
export type SegmentReport = v.InferOutput<typeof segmentReport>;

/** Why there is no shared memory: the system (Node's name for it) is not Linux, or Linux's calls fail. */
export const whyCopied = v.variant('cause', [
  v.strictObject({ cause: v.literal('platform'), platform: bounded(32) }),
  v.strictObject({ cause: v.literal('library'), error: bounded(500) }),
  v.strictObject({ cause: v.literal('memory'), error: bounded(500) }),
]);
export type WhyCopied = v.InferOutput<typeof whyCopied>;

/** Every live buffer and segment at one moment. */
export const frameBuffersReport = v.strictObject({
  /** Time on the browser's own clock, for rates between two reports. */
  at: milliseconds,
  buffers: v.pipe(v.array(frameBufferReport), v.maxLength(256)),
  segments: v.pipe(v.array(segmentReport), v.maxLength(256)),
  /** The plugin that reads the frames and draws the small pictures. */
  plugin: pluginState,
  /** Why frames are copied over ports; null if they are in shared memory. */
  copied: v.nullable(whyCopied),
  /** The tab that the frames show; null while there is none. */
  watched: v.nullable(v.strictObject({ tab: tabId, title: bounded(pageLimits.titleLength), internal: v.boolean() })),
});
export type FrameBuffersReport = v.InferOutput<typeof frameBuffersReport>;

/** A small picture of the newest frame. The plugin draws it; it is copied once, for a page's canvas. */
export const framePicture = v.pipe(
  v.strictObject({
    /** The plugin process that drew it. */
    pid: v.nullable(pid),
    /** Number of the picture, counted by that process. */
    sequence: count,
    width: v.pipe(pixels, v.minValue(1), v.maxValue(maximumPictureEdge)),
    height: v.pipe(pixels, v.minValue(1), v.maxValue(maximumPictureEdge)),
    /** 4 bytes a pixel in the order red, green, blue, alpha; rows without padding. */
    pixels: v.instance(Uint8Array),
  }),
  v.check(({ width, height, pixels: bytes }) => bytes.byteLength === width * height * 4, 'pixels of another size'),
);
export type FramePicture = v.InferOutput<typeof framePicture>;
