import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { pluginState } from './plugin-state.ts';
import { bounded, count, milliseconds, pid, pixels } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** Longest edge of the small pictures that plugins draw of the frames they read, pixels. */
export const maximumPictureEdge = 320;

/** Bytes of the largest of those pictures. */
export const maximumPictureBytes = maximumPictureEdge ** 2 * 4;

/** An unsigned 32-bit word as it stands in shared memory. What a peer can write can be noise: it is shown, not believed. */
const word = v.pipe(count, v.maxValue(0xffff_ffff));
const label = bounded(200);

const side = v.strictObject({
  /** 0 while there is none. */
  pid: word,
  /** Who that is: `browser`, or the plugin's name; null for a PID that is neither. */
  name: v.nullable(bounded(64)),
  generation: word,
  /** The slot it holds; null for buffers without slots of their own. */
  slot: v.nullable(word),
});

/** Control words that lie together: of one side, or of one slot. */
export const wordLine = v.strictObject({
  name: bounded(32),
  words: v.pipe(v.array(v.strictObject({ name: bounded(32), value: word })), v.maxLength(256)),
});
export type WordLine = v.InferOutput<typeof wordLine>;

/**
 * One buffer of the data plane that this program's browser process writes or reads. `port`: frames that are copied over
 * a port, where there is no shared memory; of those there is one slot, and no control words.
 */
export const frameBufferReport = v.strictObject({
  /** Names the buffer from one report to the next. */
  key: bounded(512),
  kind: v.picklist(['frame-buffer', 'ring', 'bounded-buffer', 'unbounded-buffer']),
  label,
  arena: label,
  backend: v.picklist(['named', 'sealed', 'port']),
  /** All of it: control words and contents. */
  bytes: count,
  slots: count,
  /** Bytes of one slot. */
  slotBytes: count,
  writer: side,
  reader: side,
  /** How far the two have come, modulo 2^32. */
  published: word,
  taken: word,
  /** Modulo 2^32: published and never seen; changed while they were held; published over one not taken. */
  dropped: word,
  torn: word,
  overwritten: word,
  /** Size of the newest frame, as its slot says; null for what holds no frames, or none yet. */
  frame: v.nullable(v.strictObject({ width: word, height: word, strideBytes: word })),
  /** Set once the peer was caught writing what it never may. */
  fault: v.nullable(bounded(500)),
  lines: v.pipe(v.array(wordLine), v.maxLength(16)),
});
export type FrameBufferReport = v.InferOutput<typeof frameBufferReport>;

/** A stretch of shared memory that buffers lie in. */
export const segmentReport = v.strictObject({
  id: bounded(16),
  label,
  backend: v.picklist(['named', 'sealed']),
  bytes: count,
  generation: word,
  /** What its header says of its creator. */
  ownerPid: word,
  /** Whether a further process could still attach it. */
  attachable: v.boolean(),
});
export type SegmentReport = v.InferOutput<typeof segmentReport>;

/** Why there is no shared memory: this system, named as Node names it, is not Linux; or Linux's calls cannot be made. */
export const whyCopied = v.variant('cause', [
  v.strictObject({ cause: v.literal('platform'), platform: bounded(32) }),
  v.strictObject({ cause: v.literal('library'), error: bounded(500) }),
  v.strictObject({ cause: v.literal('memory'), error: bounded(500) }),
]);
export type WhyCopied = v.InferOutput<typeof whyCopied>;

/** Every live buffer and segment at one moment. */
export const frameBuffersReport = v.strictObject({
  /** Milliseconds on the browser's own clock, for rates between two reports. */
  at: milliseconds,
  buffers: v.pipe(v.array(frameBufferReport), v.maxLength(256)),
  segments: v.pipe(v.array(segmentReport), v.maxLength(256)),
  /** Who reads the frames and draws the pictures. */
  plugin: pluginState,
  /** Why frames are copied over ports; null where they lie in shared memory. */
  copied: v.nullable(whyCopied),
  /** The tab whose frames these are; null while there is none. */
  watched: v.nullable(v.strictObject({ tab: tabId, title: bounded(pageLimits.titleLength), internal: v.boolean() })),
});
export type FrameBuffersReport = v.InferOutput<typeof frameBuffersReport>;

/** A small picture of the newest frame: drawn by the plugin, and this once copied, for a page's canvas. */
export const framePicture = v.pipe(
  v.strictObject({
    /** The plugin process that drew it. */
    pid: v.nullable(pid),
    /** Counts that process's pictures. */
    sequence: count,
    width: v.pipe(pixels, v.minValue(1), v.maxValue(maximumPictureEdge)),
    height: v.pipe(pixels, v.minValue(1), v.maxValue(maximumPictureEdge)),
    /** 4 bytes a pixel in the order red, green, blue, alpha; rows without padding. */
    pixels: v.instance(Uint8Array),
  }),
  v.check(({ width, height, pixels: bytes }) => bytes.byteLength === width * height * 4, 'pixels of another size'),
);
export type FramePicture = v.InferOutput<typeof framePicture>;
