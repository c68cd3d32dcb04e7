import type { PixelFormat, Rectangle } from './frame-layout.ts';

/** What has to be the same for a slot's old pixels to be of use for the next frame. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly strideBytes: number;
  readonly format: PixelFormat;
}

/** A slot is never older than this, in frames, unless the reader has held it for long. */
const remembered = 8;

/** What the last frames changed: so that only that has to be copied into a slot which holds an older frame. */
export class Damage {
  /** Newest last. */
  readonly #frames: { readonly geometry: Geometry; readonly dirty: Rectangle }[] = [];

  /** After each frame that was published. */
  add(geometry: Geometry, dirty: Rectangle): void {
    this.#frames.push({ geometry, dirty });
    if (this.#frames.length > remembered) this.#frames.shift();
  }

  /**
   * All that has changed since the frame that was published `age` frames ago, up to and including one that changes
   * `dirty`; undefined when that is not known or the frames are of different shapes.
   */
  since(age: number, geometry: Geometry, dirty: Rectangle): Rectangle | undefined {
    // The frame whose pixels the slot has, and those after it, which the slot has not seen.
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
