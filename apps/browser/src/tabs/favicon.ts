import { once } from 'node:events';
import { addAbortSignal, type Readable } from 'node:stream';
import { pageLimits } from '@bulkhead/contracts';
import { type IncomingMessage, net, type Session } from 'electron';

/** Largest icon that is fetched, bytes. As a `data:` address it is a third longer. */
const maxBytes = 64 * 1024;
/** Longest that an icon is waited for, ms. */
const fetchMs = 10_000;
/** Shortest time between two icons of one page, ms: a page may name another one as often as it likes. */
const periodMs = 250;

/**
 * The icon of one tab's page. It is fetched as the page's own session sees it, and kept as a `data:` address: only the
 * sandboxed renderer of the shell decodes it. One icon is fetched at a time, and the newest takes the place of those
 * that wait.
 */
export class PageIcon {
  readonly #session: Session;
  readonly #onChange: () => void;
  #shown: string | null = null;
  /** Ends what belongs to the page that has gone. */
  #page = new AbortController();
  #wanted: string | undefined;
  #busy = false;

  constructor(session: Session, onChange: () => void) {
    this.#session = session;
    this.#onChange = onChange;
  }

  /** Null while there is none that can be shown. */
  get shown(): string | null {
    return this.#shown;
  }

  /** The page says where its icon is. */
  want(address: string | undefined): void {
    this.#wanted = address ?? '';
    if (!this.#busy) void this.#follow(this.#page.signal);
  }

  /** Another document has come, or there is none any more. */
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

/** The icon at this address as a `data:` address; null when there is none that can be shown. */
async function loadIcon(session: Session, address: string, page: AbortSignal): Promise<string | null> {
  if (address.length > pageLimits.iconAddressLength) return null;
  if (!/^https?:/.test(address)) return /^data:image\//.test(address) ? address : null;
  try {
    return await fetchIcon(session, address, page);
  } catch {
    return null; // no such server, or it broke off half way: a page without an icon is no error
  }
}

async function fetchIcon(session: Session, url: string, page: AbortSignal): Promise<string | null> {
  const signal = AbortSignal.any([page, AbortSignal.timeout(fetchMs)]);
  // Not `session.fetch`: its first call loads Node's whole fetch, a tenth of a second of the browser's thread, while the
  // first page is being painted.
  const request = net.request({ url, session, credentials: 'omit' });
  request.on('error', () => undefined); // one that comes when nothing is waited for any more
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
