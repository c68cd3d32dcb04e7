import { EventEmitter } from 'node:events';
import type { WebContents, WebFrameMain } from 'electron';

interface GreeterEvents {
  /** A new document of the main frame listens: what is posted to it now arrives. */
  document: [WebFrameMain];
  /** More greetings than documents: the renderer has been taken over, or has a bug. */
  impostor: [];
}

/**
 * Notices when each new document's preload listens. What is posted to a document earlier than that is dropped by the
 * runtime without a word. The greeting is the one message that a renderer may send outside its port; it says nothing,
 * and there is one for each navigation.
 */
export class DocumentGreeter extends EventEmitter<GreeterEvents> {
  /**
   * Greetings that may come: one for each commit, and one in hand, since greeting and commit travel on different pipes
   * and the greeting can be first.
   */
  #credit = 1;
  /** A document that greeted before the browser knew that it had been committed. */
  #early: WebFrameMain | undefined;

  constructor(contents: WebContents) {
    super();
    contents.on('did-navigate', () => {
      this.#credit = Math.min(2, this.#credit + 1);
      const early = this.#early;
      this.#early = undefined;
      if (early && early === contents.mainFrame) this.emit('document', early);
    });
    contents.ipc.on('bulkhead-hello', ({ senderFrame: frame }) => {
      if (this.#credit === 0) {
        this.emit('impostor');
        return;
      }
      this.#credit -= 1;
      // Null: it has gone already.
      if (frame === null) return;
      if (frame === contents.mainFrame && frame.url !== '') this.emit('document', frame);
      else this.#early = frame;
    });
  }
}
