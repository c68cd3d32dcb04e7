import { EventEmitter } from 'node:events';
import { leaving } from '@bulkhead/contracts';
import { sizeOf, tooLarge } from '@bulkhead/rpc';
import type { WebContents, WebFrameMain } from 'electron';
import * as v from 'valibot';
import { Recent } from '../timing/recent.ts';
import { greeting } from './outside-port.ts';

interface GreeterEvents {
  /** A new document of the main frame has its preload listening: messages posted to it now arrive. */
  document: [WebFrameMain];
  /** The renderer sent a message that no preload sends (see `isUndeclared`): it is compromised, or has a bug. */
  impostor: [];
}

/**
 * Size limit of Electron's own messages, bytes. They ask for the preload, and return results of Playwright's scripts.
 */
const mostInternalBytes = 1024 * 1024;
/** Number of greetings that are answered at once. Further ones are answered once in `patienceMs`. */
const mostAtOnce = 20;
const patienceMs = 1000;

/**
 * Notices when the preload of a new document listens. Electron silently drops messages that are posted to a document
 * before that. The greeting arrives after the event that the document was committed, because both travel in order.
 *
 * A page may create documents as often as it likes, and the browser does not see each as a navigation: a
 * `javascript:` address that returns a text replaces the document, and so does the first page of an opened window. So
 * greetings are not matched with commits. When many arrive quickly, only the newest is answered.
 */
export class DocumentGreeter extends EventEmitter<GreeterEvents> {
  readonly #contents: WebContents;
  readonly #now: () => number;
  readonly #answers = new Recent(mostAtOnce * patienceMs);
  #frame: WebFrameMain | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(contents: WebContents, now = () => performance.now()) {
    super();
    this.#contents = contents;
    this.#now = now;
    contents.ipc.on(greeting, ({ senderFrame }) => {
      // Null when the frame no longer exists.
      if (senderFrame !== null) this.#greeted(senderFrame);
    });
    contents.on('ipc-message', (_event, _channel, ...args: unknown[]) => {
      if (args.length > 0) this.emit('impostor');
    });
    contents.on('ipc-message-sync', (_event, _channel, ...args: unknown[]) => {
      if (args.length !== 1 || !v.is(leaving, args[0])) this.emit('impostor');
    });
    // The renderer marks Electron's own messages as internal. A compromised renderer can mark any message. Electron 35
    // and later do not pass the mark on, so every message is weighed.
    const events: EventEmitter = contents satisfies WebContents;
    for (const name of ['-ipc-message', '-ipc-message-sync', '-ipc-invoke']) {
      events.on(name, (_event, ...message: unknown[]) => {
        if (sizeOf(message, mostInternalBytes) === tooLarge) this.emit('impostor');
      });
    }
    contents.once('destroyed', () => clearTimeout(this.#timer));
  }

  #greeted(frame: WebFrameMain): void {
    this.#frame = frame;
    if (this.#timer) return;
    if (this.#answers.count(this.#now()) < mostAtOnce) this.#answer();
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
    this.#answers.add(this.#now());
    // Since then its process may have ended, or a document of another process may have replaced it.
    if (!frame || this.#contents.isDestroyed() || frame.isDestroyed()) return;
    if (frame === this.#contents.mainFrame) this.emit('document', frame);
  }
}
