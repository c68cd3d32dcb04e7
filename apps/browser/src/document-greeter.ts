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
 * and there is one for each document. It comes after the news that the document was committed: both travel in order.
 */
export class DocumentGreeter extends EventEmitter<GreeterEvents> {
  /** Greetings that may come: one for each commit, and one for the empty document that every frame begins with. */
  #credit = 1;

  constructor(contents: WebContents) {
    super();
    contents.on('did-navigate', () => {
      this.#credit = Math.min(2, this.#credit + 1);
    });
    contents.ipc.on('bulkhead-hello', ({ senderFrame: frame }) => {
      if (this.#credit === 0) {
        this.emit('impostor');
        return;
      }
      this.#credit -= 1;
      // Null when it has gone already; another frame when its document has been replaced meanwhile.
      if (frame !== null && frame === contents.mainFrame) this.emit('document', frame);
    });
  }
}
