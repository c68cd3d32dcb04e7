import { maximumPictureEdge } from '@bulkhead/contracts';
import type { Frame, FrameSink } from '@bulkhead/shared-memory';
import { fitInto, scaleDown } from './scale-down.ts';

/** Least time between two pictures, ms: scaling a frame of a large window takes some milliseconds. */
const periodMs = 200;

/** Draws small pictures of frames into a buffer that the browser reads, a few a second, while they are wanted. */
export class PicturePainter {
  readonly #writer: FrameSink;
  readonly #ring: () => void;
  #wanted = false;
  /** The frame that the reader holds now, in place. */
  #frame: Frame | undefined;
  /** The frame that the last picture shows. */
  #painted: Frame | undefined;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ring tells the browser that there is a new picture, where publishing it does not */
  constructor(writer: FrameSink, ring: () => void) {
    this.#writer = writer;
    this.#ring = ring;
  }

  want(wanted: boolean): void {
    this.#wanted = wanted;
    // A new viewer needs a picture at once, even if the frame has not changed.
    if (wanted) this.#painted = undefined;
    this.#paintInTime();
  }

  /** `frame` is the newest one, and stays readable until the next call. */
  show(frame: Frame | undefined): void {
    this.#frame = frame;
    this.#paintInTime();
  }

  #paintInTime(): void {
    if (!this.#wanted || this.#timer !== undefined || this.#frame === this.#painted) return;
    const delayMs = Math.max(0, this.#paintedAt + periodMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#wanted && this.#frame) this.#paint(this.#frame);
    }, delayMs);
  }

  #paint(frame: Frame): void {
    this.#painted = frame;
    this.#paintedAt = performance.now();
    const size = fitInto(frame, maximumPictureEdge);
    scaleDown(frame, this.#writer.borrow().pixels, size);
    const { state } = this.#writer.publish({ ...size, format: 'rgba8' });
    if (state === 'published') this.#ring();
  }
}
