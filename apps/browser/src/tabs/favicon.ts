import { once } from 'node:events';
import { addAbortSignal, type Readable } from 'node:stream';
import { pageLimits } from '@bulkhead/contracts';
import { type IncomingMessage, net, type Session } from 'electron';

/** Largest icon that is fetched, bytes. As a `data:` address it is a third longer. */
const maxBytes = 64 * 1024;
/** Longest wait for an icon, ms. */
const fetchMs = 10_000;
/** Shortest time between two icons of one page, ms. A page may change its icon as often as it likes. */
const periodMs = 250;

/**
 * The icon of one tab's page. It is fetched in the page's own session and kept as a `data:` address, so that only the
 * shell's sandboxed renderer decodes it. One icon is fetched at a time. A newer one replaces those that wait.
 */
export class PageIcon {
  readonly #session: Session;
  readonly #onChange: () => void;
  #shown: string | null = null;
  /** Aborts the work for the page when it is replaced. */
  #page = new AbortController();
  #wanted: string | undefined;
  #busy = false;

  constructor(session: Session, onChange: () => void) {
    this.#session = session;
    this.#onChange = onChange;
  }

  /** Null while there is no icon to show. */
  get shown(): string | null {
    return this.#shown;
  }

  /** The page named its icon. */
  want(address: string | undefined): void {
    this.#wanted = address ?? '';
    if (!this.#busy) void this.#follow(this.#page.signal);
  }

  /** Forgets the icon: the document was replaced or is gone. */
  clear(): void {
    this.#page.abort();
    this.#page = new AbortController();
    this.#shown = null;
    this.#wanted = undefined;
    this.#busy = false;
  }

  async #follow(page: AbortSignal): Promise<void> {
    this.#busy = true;
    while (this.#wanted !== undefined && !page.aborted) {
      const address = this.#wanted;
      this.#wanted = undefined;
      const icon = await loadIcon(this.#session, address, page);
      if (page.aborted) return;
      if (icon !== this.#shown) {
        this.#shown = icon;
        this.#onChange();
      }
      await pause(page);
    }
    if (!page.aborted) this.#busy = false;
  }
}

const pause = (page: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      page.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, periodMs);
    page.addEventListener('abort', end);
  });

/** Returns the icon at this address as a `data:` address, or null when it cannot be shown. */
async function loadIcon(session: Session, address: string, page: AbortSignal): Promise<string | null> {
  if (address.length > pageLimits.iconAddressLength) return null;
  if (!/^https?:/.test(address)) return /^data:image\//.test(address) ? address : null;
  try {
    return await fetchIcon(session, address, page);
  } catch {
    return null; // no such server, or the transfer broke off: a page without an icon is not an error
  }
}

async function fetchIcon(session: Session, url: string, page: AbortSignal): Promise<string | null> {
  const signal = AbortSignal.any([page, AbortSignal.timeout(fetchMs)]);
  // Not `session.fetch`: its first call loads all of Node's fetch, which blocks the browser's thread for 0.1 s while
  // the first page is painted.
  const request = net.request({ url, session, credentials: 'omit' });
  request.on('error', () => undefined); // an error after the last await
  try {
    request.end();
    const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
    const type = String(response.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (response.statusCode !== 200 || !/^image\/[a-z0-9.+-]{1,100}$/.test(type)) return null;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of addAbortSignal(signal, response as unknown as Readable)) {
      bytes += chunk.length;
      if (bytes > maxBytes) return null;
      chunks.push(chunk);
    }
    return `data:${type};base64,${Buffer.concat(chunks).toString('base64')}`;
  } finally {
    request.abort();
  }
}
