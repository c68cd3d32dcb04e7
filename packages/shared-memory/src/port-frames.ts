/**
 * Frames over a port, where there is no shared memory: the same interface, and a copy at each end.
 *
 * One frame is under way at a time; the reader asks for the next when it takes one. So a slow reader costs the writer
 * no memory: as in shared memory, what it does not take is overwritten.
 */

import { completeInfo, type FrameInfo } from './frame-info.ts';
import type { FrameFault } from './frame-layout.ts';
import { parseFrameMessage } from './frame-message.ts';
import type { FrameSink, FrameSource } from './frame-path.ts';
import type { Frame, Latest } from './frame-reader.ts';
import type { Loan, PublishResult } from './frame-writer.ts';

/** As much of a port as frames need. The port is for one buffer alone. */
export interface FramePort {
  postMessage(message: unknown): void;
  /** Calls `listener` with what the peer posted. */
  onMessage(listener: (message: unknown) => void): void;
}

const nextPlease = 'next';

export class PortFrameWriter implements FrameSink {
  readonly label: string;
  readonly maximumFrameBytes: number;
  readonly #port: FramePort;
  readonly #slot: Uint8Array<SharedArrayBuffer>;
  #sequence = 0;
  /** The reader has asked for a frame and got none since. */
  #wanted = true;
  /** Published, and not yet asked for. */
  #pending: (() => void) | undefined;
  #closed = false;

  constructor(port: FramePort, { label, maximumFrameBytes }: { label: string; maximumFrameBytes: number }) {
    this.label = label;
    this.maximumFrameBytes = maximumFrameBytes;
    this.#port = port;
    this.#slot = new Uint8Array(new SharedArrayBuffer(maximumFrameBytes));
    port.onMessage((message) => {
      if (message !== nextPlease || this.#closed) return; // whatever else it is: nothing of it is used
      this.#wanted = true;
      this.#pending?.();
    });
  }

  get sequence(): number {
    return this.#sequence;
  }

  borrow(): Loan {
    const age = this.#sequence === 0 ? 0 : 1;
    return { pixels: this.#slot, sequence: this.#sequence + 1, age };
  }

  write(pixels: Uint8Array, info: FrameInfo): PublishResult {
    this.#slot.set(pixels.subarray(0, this.maximumFrameBytes));
    return this.publish(info);
  }

  publish(info: FrameInfo): PublishResult {
    const frame = completeInfo(info, this.maximumFrameBytes);
    const overwritten = this.#pending !== undefined;
    this.#sequence += 1;
    const header = { ...frame, sequence: this.#sequence };
    // A copy of just these bytes: posting a view would clone all that is behind it.
    const pixels = new Uint8Array(this.#slot.subarray(0, frame.strideBytes * frame.height));
    this.#pending = () => {
      this.#pending = undefined;
      this.#wanted = false;
      this.#port.postMessage({ ...header, pixels });
    };
    if (this.#wanted) this.#pending();
    return { state: 'published', sequence: this.#sequence, overwritten };
  }

  close(): void {
    this.#closed = true;
    this.#pending = undefined;
  }
}

export class PortFrameReader implements FrameSource {
  readonly label: string;
  readonly #port: FramePort;
  #arrived: Frame | undefined;
  #frame: Frame | undefined;
  #sequence = 0;
  #taken = 0;
  #dropped = 0;
  #fault: FrameFault | undefined;

  constructor(port: FramePort, { label }: { label: string }) {
    this.label = label;
    this.#port = port;
    port.onMessage((message) => this.#receive(message));
  }

  get fault(): FrameFault | undefined {
    return this.#fault;
  }

  /** Nothing is ever torn: each frame is a copy. */
  get counts(): { readonly taken: number; readonly dropped: number; readonly torn: number } {
    return { taken: this.#taken, dropped: this.#dropped, torn: 0 };
  }

  latest(): Latest {
    if (this.#fault) return { state: 'corrupt', fault: this.#fault };
    const frame = this.#arrived;
    if (!frame) return { state: 'unchanged', frame: this.#frame };
    this.#arrived = undefined;
    this.#frame = frame;
    this.#taken += 1;
    this.#dropped += frame.dropped;
    this.#port.postMessage(nextPlease);
    return { state: 'new', frame };
  }

  close(): void {
    this.#arrived = undefined;
    this.#frame = undefined;
  }

  #receive(message: unknown): void {
    if (this.#fault) return;
    const parsed = parseFrameMessage(message);
    if ('reason' in parsed) {
      this.#fault = parsed;
      return;
    }
    const ahead = parsed.sequence - this.#sequence;
    // A writer that posts without having been asked is one that would fill this process's memory.
    if (ahead <= 0 || this.#arrived) {
      this.#fault = { reason: 'sequence', detail: `frame ${parsed.sequence} after frame ${this.#sequence}, unasked` };
      return;
    }
    this.#sequence = parsed.sequence;
    this.#arrived = { ...parsed, generation: 1, dropped: ahead - 1 };
  }
}
