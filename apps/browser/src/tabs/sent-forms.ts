import type { Session, WebContents } from 'electron';
import { withoutCredentials } from '../omnibox/credentials.ts';

interface Request {
  method: string;
  url: string;
  webContentsId?: number | undefined;
}

/**
 * Knows which documents of a session's tabs are the answer to a form (POST). Electron gives the method of a navigation
 * only to request listeners. While there is a listener, every request of every page takes a detour through this
 * process, so this class listens only while a document is expected.
 */
export class SentForms {
  readonly #session: Session;
  /** Contents that wait for a document. */
  readonly #waiting = new Set<WebContents>();
  /** The last request for a document, by the id of its contents. */
  readonly #last = new Map<number, Request>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Call this for each tab's contents before their first navigation. */
  follow(contents: WebContents): void {
    const { id } = contents;
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#wait(contents);
    });
    const arrived = () => {
      // The next navigation may have started already.
      if (!contents.isWaitingForResponse()) this.#endWait(contents);
    };
    contents.on('did-navigate', arrived);
    contents.on('did-stop-loading', arrived);
    contents.once('destroyed', () => {
      this.#last.delete(id);
      this.#endWait(contents);
    });
  }

  /** Says whether the document at this address, which has just committed or failed, was requested by a form. */
  isAnswer({ id }: WebContents, address: string): boolean {
    const last = this.#last.get(id);
    return last !== undefined && last.method !== 'GET' && sameDocument(last.url, address);
  }

  #wait(contents: WebContents): void {
    this.#waiting.add(contents);
    if (this.#waiting.size > 1) return;
    const note = ({ method, url, webContentsId }: Request) => {
      if (webContentsId !== undefined) this.#last.set(webContentsId, { method, url });
    };
    this.#session.webRequest.onResponseStarted(documents, note);
    this.#session.webRequest.onErrorOccurred(documents, note);
  }

  #endWait(contents: WebContents): void {
    if (!this.#waiting.delete(contents) || this.#waiting.size > 0) return;
    this.#session.webRequest.onResponseStarted(null);
    this.#session.webRequest.onErrorOccurred(null);
  }
}

const documents: Electron.WebRequestFilter = { urls: ['<all_urls>'], types: ['mainFrame'] };

const sameDocument = (one: string, other: string) => withoutFragment(one) === withoutFragment(other);
const withoutFragment = (address: string) => withoutCredentials(address).replace(/#.*$/s, '');

const sentForms = new WeakMap<Session, SentForms>();

/** Returns the session's instance. A session accepts one listener of each kind, so its tabs share it. */
export function sentFormsOf(session: Session): SentForms {
  const known = sentForms.get(session) ?? new SentForms(session);
  sentForms.set(session, known);
  return known;
}
