/**
 * Frames over a port, for platforms without shared memory: the same interfaces, with a copy at each end.
 *
 * One frame is on the port at a time; the reader asks for the next when it has taken one. So a slow reader costs the
 * writer no memory: a frame that is not taken is overwritten, as in shared memory. Neither side keeps more than one
 * frame for the other. A writer that sends an unrequested frame, or a reader that asks before it got a frame, breaks
 * the rules. That is a permanent fault: this side closes the port and calls `onFault` at once.
 */

import { ClosedMemoryError } from '../posix/errors.ts';
import { checkArray, checkLabel, checkTime, checkWhole } from '../segment/arguments.ts';
import { maximumBytes } from '../segment/descriptors.ts';
import { type CompleteInfo, completeInfo, type FrameInfo } from './frame-info.ts';
import type { FrameSink, FrameSource } from './frame-interfaces.ts';
import type { FrameFault } from './frame-layout.ts';
import { parseFrameMessage } from './frame-message.ts';
import type { Frame, Latest } from './frame-reader.ts';
import type { Loan, PublishResult } from './frame-writer.ts';

/** The part of a port that frames need. An endpoint of packages/rpc has it. Use a port for one buffer only. */
export interface FramePort {
  /**
   * Sends one message.
   * @param message copied
   * @param ports always empty
   */
  post(message: unknown, ports: readonly unknown[]): void;
  /**
   * Calls `listener` with each message of the peer and the ports that came with it.
   * @param listener set once, before `start`
   */
  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void;
  /** Starts the delivery of messages. */
  start(): void;
  close(): void;
}

/** Size of the frames that go over a port. */
interface PortFrameOptions {
  readonly label: string;
  /** Size of the largest frame: stride times height. */
  readonly maximumFrameBytes: number;
  /** Called once, when the peer has broken the rules. The port is closed then. */
  readonly onFault?: (fault: FrameFault) => void;
}

/** Size of the frames that come over a port, and how often to ask for one. */
interface PortFrameReaderOptions extends PortFrameOptions {
  /** Called for each frame that has arrived. `latest` returns it. */
  readonly onFrame?: () => void;
  /** Time from taking a frame to asking for the next, ms. Default: 0. A writer that does not wait is a fault. */
  readonly restMs?: number;
}

/** Message with which a reader asks for the next frame. */
const nextPlease = 'next';

function checkOptions(label: string, maximumFrameBytes: number): void {
  checkLabel(label, 'the label');
  checkWhole(maximumFrameBytes, 0, maximumBytes, 'the largest frame’s bytes');
}

/** Writes frames as FrameWriter does, over a port: where there is no shared memory. Each frame is copied. */
export class PortFrameWriter implements FrameSink {
  readonly label: string;
  readonly maximumFrameBytes: number;
  readonly #port: FramePort;
  readonly #onFault: PortFrameOptions['onFault'];
  readonly #slot: Uint8Array<SharedArrayBuffer>;
  #sequence = 0;
  #overwritten = 0;
  #last: CompleteInfo | undefined;
  /** The reader has asked for a frame and has not got one yet. */
  #wanted = true;
  /** Number of the last frame that the reader has taken, as far as the writer knows. */
  #taken = 0;
  #sent = 0;
  /** Sends the frame that is published and not yet asked for. */
  #pending: (() => void) | undefined;
  #fault: FrameFault | undefined;
  #closed = false;

  /**
   * Starts the port.
   * @param port used for this buffer only; `close` closes it
   * @param options `maximumFrameBytes`: stride times height of the largest frame
   */
  constructor(port: FramePort, { label, maximumFrameBytes, onFault }: PortFrameOptions) {
    checkOptions(label, maximumFrameBytes);
    this.label = label;
    this.maximumFrameBytes = maximumFrameBytes;
    this.#port = port;
    this.#onFault = onFault;
    this.#slot = new Uint8Array(new SharedArrayBuffer(maximumFrameBytes));
    port.onMessage((message, ports) => this.#receive(message, ports));
    port.start();
  }

  get fault(): FrameFault | undefined {
    return this.#fault;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get counts(): { readonly taken: number; readonly overwritten: number } {
    return { taken: this.#taken, overwritten: this.#overwritten };
  }

  /** @returns the last published frame, undefined before the first */
  last(): Frame | undefined {
    this.#assertOpen();
    const frame = this.#last;
    if (!frame) return undefined;
    const pixels = this.#slot.subarray(0, frame.strideBytes * frame.height);
    return { ...frame, sequence: this.#sequence, generation: 1, dropped: 0, pixels };
  }

  /** @returns memory to draw in, the same until it is published */
  borrow(): Loan {
    this.#assertOpen();
    const age = this.#sequence === 0 ? 0 : 1;
    return { pixels: this.#slot, sequence: this.#sequence + 1, age };
  }

  /**
   * Copies a whole frame and publishes it.
   * @param pixels `strideBytes` times `height` bytes
   * @param info sizes in pixels, the stride in bytes
   * @returns `corrupt` once the reader has broken the rules
   */
  write(pixels: Uint8Array, info: FrameInfo): PublishResult {
    this.#assertOpen();
    checkArray(pixels, Uint8Array, 'pixels');
    const { strideBytes, height } = completeInfo(info, this.maximumFrameBytes);
    const bytes = strideBytes * height;
    if (pixels.byteLength < bytes) throw new RangeError(`${pixels.byteLength} bytes of pixels for a frame of ${bytes}`);
    if (!this.#fault) this.#slot.set(pixels.subarray(0, bytes));
    return this.publish(info);
  }

  /**
   * Sends what was drawn as soon as the reader asks for a frame.
   * @param info sizes in pixels, the stride in bytes
   * @returns `corrupt` once the reader has broken the rules
   */
  publish(info: FrameInfo): PublishResult {
    this.#assertOpen();
    if (this.#fault) return { state: 'corrupt', fault: this.#fault };
    const frame = completeInfo(info, this.maximumFrameBytes);
    const overwritten = this.#pending !== undefined;
    if (overwritten) this.#overwritten += 1;
    this.#sequence += 1;
    this.#last = frame;
    const header = { ...frame, sequence: this.#sequence };
    // Copy only these bytes: posting a view would clone its whole buffer.
    const pixels = new Uint8Array(this.#slot.subarray(0, frame.strideBytes * frame.height));
    this.#pending = () => {
      this.#pending = undefined;
      this.#wanted = false;
      this.#sent = header.sequence;
      this.#port.post({ ...header, pixels }, []);
    };
    if (this.#wanted && !this.#closed) this.#pending();
    return { state: 'published', sequence: this.#sequence, overwritten };
  }

  close(): void {
    this.#closed = true;
    this.#pending = undefined;
    this.#port.close();
  }

  /** After a fault this object has closed itself. Its methods then report the fault instead of throwing. */
  #assertOpen(): void {
    if (this.#closed && !this.#fault) throw new ClosedMemoryError(`frame buffer "${this.label}" is closed`);
  }

  #receive(message: unknown, ports: readonly unknown[]): void {
    if (this.#closed) return;
    if (message !== nextPlease || ports.length > 0 || this.#wanted) {
      const detail =
        message === nextPlease ? 'it asked for a frame before it got one' : 'a reader never sends this message';
      this.#fault = { reason: 'message', detail };
      this.close();
      this.#onFault?.(this.#fault);
      return;
    }
    this.#taken = this.#sent;
    this.#wanted = true;
    this.#pending?.();
  }
}

/** Reads frames as FrameReader does, over a port: where there is no shared memory. It asks for one frame at a time. */
export class PortFrameReader implements FrameSource {
  readonly label: string;
  readonly maximumFrameBytes: number;
  readonly #port: FramePort;
  readonly #options: PortFrameReaderOptions;
  #arrived: Frame | undefined;
  #frame: Frame | undefined;
  #sequence = 0;
  #taken = 0;
  #dropped = 0;
  /** The reader has asked for a frame, and the writer has not sent it yet. */
  #asked = true;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #fault: FrameFault | undefined;
  #closed = false;

  /**
   * Starts the port and asks for the first frame.
   * @param port used for this buffer only; `close` closes it
   * @param options `restMs`: ms from taking a frame to asking for the next
   */
  constructor(port: FramePort, options: PortFrameReaderOptions) {
    checkOptions(options.label, options.maximumFrameBytes);
    checkTime(options.restMs ?? 0, 'the time between frames in ms');
    this.label = options.label;
    this.maximumFrameBytes = options.maximumFrameBytes;
    this.#port = port;
    this.#options = options;
    port.onMessage((message, ports) => this.#receive(message, ports));
    port.start();
  }

  get fault(): FrameFault | undefined {
    return this.#fault;
  }

  /** The writer's number of the newest frame that has arrived; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** @returns the last taken frame */
  last(): Frame | undefined {
    this.#assertOpen();
    return this.#frame;
  }

  /** `torn` is always 0: each frame is a copy. */
  get counts(): { readonly taken: number; readonly dropped: number; readonly torn: number } {
    return { taken: this.#taken, dropped: this.#dropped, torn: 0 };
  }

  /**
   * Takes the newest frame that has arrived.
   * @returns `new`, `unchanged`, or `corrupt` once the writer has broken the rules
   */
  latest(): Latest {
    this.#assertOpen();
    if (this.#fault) return { state: 'corrupt', fault: this.#fault };
    const frame = this.#arrived;
    if (!frame) return { state: 'unchanged', frame: this.#frame };
    this.#arrived = undefined;
    this.#frame = frame;
    this.#taken += 1;
    this.#dropped = (this.#dropped + frame.dropped) % 2 ** 32;
    const { restMs = 0 } = this.#options;
    if (restMs > 0) this.#rest = setTimeout(() => this.#ask(), restMs);
    else this.#ask();
    return { state: 'new', frame };
  }

  close(): void {
    this.#closed = true;
    this.#arrived = undefined;
    this.#frame = undefined;
    clearTimeout(this.#rest);
    this.#port.close();
  }

  /** After a fault this object has closed itself. Its methods then report the fault instead of throwing. */
  #assertOpen(): void {
    if (this.#closed && !this.#fault) throw new ClosedMemoryError(`frame buffer "${this.label}" is closed`);
  }

  #ask(): void {
    if (this.#closed) return;
    this.#asked = true;
    this.#port.post(nextPlease, []);
  }

  #receive(message: unknown, ports: readonly unknown[]): void {
    if (this.#closed) return;
    const frame = this.#check(message, ports);
    if ('reason' in frame) {
      this.#fault = frame;
      this.close();
      this.#options.onFault?.(frame);
      return;
    }
    this.#asked = false;
    this.#sequence = frame.sequence;
    this.#arrived = frame;
    this.#options.onFrame?.();
  }

  #check(message: unknown, ports: readonly unknown[]): Frame | FrameFault {
    // Check this first: an unrequested message is not parsed.
    if (!this.#asked) return { reason: 'sequence', detail: `an unrequested message after frame ${this.#sequence}` };
    if (ports.length > 0) return { reason: 'message', detail: 'the message has ports' };
    const parsed = parseFrameMessage(message, this.maximumFrameBytes);
    if ('reason' in parsed) return parsed;
    const ahead = parsed.sequence - this.#sequence;
    if (ahead <= 0) return { reason: 'sequence', detail: `frame ${parsed.sequence} after frame ${this.#sequence}` };
    return { ...parsed, generation: 1, dropped: ahead - 1 };
  }
}
