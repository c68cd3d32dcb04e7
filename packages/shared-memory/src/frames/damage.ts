import type { PixelFormat, Rectangle } from './frame-layout.ts';

/** Shape of a frame. The old pixels of a slot can be reused only for a frame of the same shape. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly strideBytes: number;
  readonly format: PixelFormat;
}

/** Number of frames to remember. A slot is older only if the reader has held it for long. */
const remembered = 8;

/** Remembers the areas that the last frames changed, so that only those are copied into a slot with an older frame. */
export class Damage {
  /** Newest last. */
  readonly #frames: { readonly geometry: Geometry; readonly dirty: Rectangle }[] = [];

  /** Call it after each published frame. */
  add(geometry: Geometry, dirty: Rectangle): void {
    this.#frames.push({ geometry, dirty });
    if (this.#frames.length > remembered) this.#frames.shift();
  }

  /**
   * Returns the area that has changed since the frame published `age` frames ago, including the new frame's `dirty`.
   * Undefined if that is not known or if the frames have different shapes.
   */
  since(age: number, geometry: Geometry, dirty: Rectangle): Rectangle | undefined {
    // The frame whose pixels the slot has, and the later frames, which the slot has not seen.
    const frames = age > 0 && age <= this.#frames.length ? this.#frames.slice(-age) : [];
    if (frames.length === 0 || !frames.every((frame) => sameShape(frame.geometry, geometry))) return undefined;
    return frames.slice(1).reduce((all, frame) => union(all, frame.dirty), dirty);
  }
}

function sameShape(one: Geometry, other: Geometry): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    one.strideBytes === other.strideBytes &&
    one.format === other.format
  );
}

function union(one: Rectangle, other: Rectangle): Rectangle {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  const width = Math.max(one.x + one.width, other.x + other.width) - x;
  const height = Math.max(one.y + one.height, other.y + other.height) - y;
  return { x, y, width, height };
}
