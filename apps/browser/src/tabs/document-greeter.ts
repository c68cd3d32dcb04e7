import { EventEmitter } from 'node:events';
import { leaving } from '@bulkhead/contracts';
import { sizeOf, tooLarge } from '@bulkhead/rpc';
import type { WebContents, WebFrameMain } from 'electron';
import * as v from 'valibot';
import { greeting } from './outside-port.ts';

interface GreeterEvents {
  /** A new document of the main frame listens: what is posted to it now arrives. */
  document: [WebFrameMain];
  /** The renderer says by one of its words (see isUndeclared) what no preload says: it was taken over, or has a bug. */
  impostor: [];
}

/** Largest message of the runtime's own, bytes. It asks for the preload, and answers the scripts of a driver. */
const mostInternalBytes = 1024 * 1024;
/** Greetings that are answered at once, one after the other; then one each `patienceMs`. */
const mostAtOnce = 20;
const patienceMs = 1000;

/**
 * Notices when the preload of each new document listens. What is posted to a document earlier than that is dropped by
 * the runtime without a word. The greeting comes after the news that the document was committed: both travel in order.
 *
 * A page may have a new document as often as it likes, and not every one is a navigation to the browser: a
 * `javascript:` address that returns a text replaces the document, and so does the first page of a window that was
 * opened. So greetings are not held against commits. Of many that come quickly, the newest is answered.
 */
export class DocumentGreeter extends EventEmitter<GreeterEvents> {
  readonly #contents: WebContents;
  readonly #now: () => number;
  /** When the last greetings were answered, ms. */
  #answers: number[] = [];
  #frame: WebFrameMain | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(contents: WebContents, now = () => performance.now()) {
    super();
    this.#contents = contents;
    this.#now = now;
    contents.ipc.on(greeting, ({ senderFrame }) => {
      // Null when it has gone already.
      if (senderFrame !== null) this.#greeted(senderFrame);
    });
    contents.on('ipc-message', (_event, _channel, ...args: unknown[]) => {
      if (args.length > 0) this.emit('impostor');
    });
    contents.on('ipc-message-sync', (_event, _channel, ...args: unknown[]) => {
      if (args.length !== 1 || !v.is(leaving, args[0])) this.emit('impostor');
    });
    // The renderer marks the runtime's own messages as internal. One that was taken over can mark any message.
    const events: EventEmitter = contents satisfies WebContents;
    for (const name of ['-ipc-message', '-ipc-message-sync', '-ipc-invoke']) {
      events.on(name, (_event, isInternal: unknown, ...message: unknown[]) => {
        if (isInternal === true && sizeOf(message, mostInternalBytes) === tooLarge) this.emit('impostor');
      });
    }
    contents.once('destroyed', () => clearTimeout(this.#timer));
  }

  #greeted(frame: WebFrameMain): void {
    this.#frame = frame;
    if (this.#timer) return;
    const now = this.#now();
    this.#answers = this.#answers.filter((at) => now - at < mostAtOnce * patienceMs);
    if (this.#answers.length < mostAtOnce) this.#answer();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#answer();
      }, patienceMs);
    }
  }

  #answer(): void {
    const frame = this.#frame;
    this.#frame = undefined;
    this.#answers.push(this.#now());
    if (this.#answers.length > mostAtOnce) this.#answers.shift();
    // Its process may have ended in the meantime, or a document of another process may have taken its place.
    if (!frame || this.#contents.isDestroyed() || frame.isDestroyed()) return;
    if (frame === this.#contents.mainFrame) this.emit('document', frame);
  }
}
