import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '@bulkhead/contracts';
import { type LoadURLOptions, type ProtocolResponse, protocol, type Session } from 'electron';

const scheme = 'bulkhead';

/** Hosts under `bulkhead://` that are pages a tab may show. The shell is not among them, because it is not a tab. */
export const internalPages: ReadonlySet<string> = new Set([
  'newtab',
  'processes',
  'ports',
  'history',
  'settings',
  'frames',
  'isolation',
  'crashes',
  'ipc-lab',
]);

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Call this before Electron is ready. */
export function registerInternalScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

export interface InternalPagesOptions {
  /** Folder with the built renderers. */
  rendererFolder: string;
  hosts: ReadonlySet<string>;
  /** The user's language setting. */
  language: () => Settings['language'];
}

/**
 * Serves `bulkhead://HOST/` in one session from the folder with the built renderers. `shell` is served only in the
 * shell's own session, so that no tab can navigate to it.
 */
export function serveInternalPages(session: Session, { rendererFolder, hosts, language }: InternalPagesOptions): void {
  // Not `protocol.handle`: it would first load all of Node's fetch, while the first page waits for this thread.
  session.protocol.registerBufferProtocol(scheme, ({ url, headers }, answer) => {
    // The shell's session has no other contents.
    const isAlone = hosts.has('shell') || unusedSecrets.delete(headers[aloneHeader] ?? '');
    void read(url, isAlone ? protection : { ...protection, ...apart }).then(answer);
  });

  async function read(url: string, headers: Record<string, string>): Promise<ProtocolResponse> {
    const file = internalFile(url, hosts);
    const body = file && (await readFile(path.join(rendererFolder, file)).catch(() => undefined));
    if (!body) return { statusCode: 404, headers, data: Buffer.from('There is no such page.') };
    const mimeType = types[path.extname(file)] ?? 'application/octet-stream';
    const isDocument = file.endsWith('.html');
    const data = isDocument ? Buffer.from(onSystem(inLanguage(body.toString('utf8'), language()))) : body;
    return { mimeType, charset: 'utf-8', headers, data };
  }
}

/** Headers of every answer, including refusals: no page may frame, sniff or read the browser's own pages. */
const protection = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Separates a page from its tab's opener, and from the windows that its tab opened. It costs a second process. */
const apart = { 'Cross-Origin-Opener-Policy': 'same-origin' };

const aloneHeader = 'Bulkhead-Alone';
const unusedSecrets = new Set<string>();

/**
 * Returns options for loading an internal page into new contents that no page has opened. No page can access those
 * contents, so the page need not be separated. The options are valid once, because Chromium sends the header again when
 * the user comes back to the page, and by then a page may have a handle on the tab.
 */
export function alone(): LoadURLOptions {
  const secret = randomUUID();
  unusedSecrets.add(secret);
  return { extraHeaders: `${aloneHeader}: ${secret}` };
}

/** Adds the chosen language to a document. Without it the document uses the system's. */
export const inLanguage = (html: string, language: Settings['language']): string =>
  language === 'system' ? html : html.replace('<html ', `<html data-language="${language}" `);

/** Adds the system to a document, as Node names it, unless it is Linux. */
export const onSystem = (html: string, platform: NodeJS.Platform = process.platform): string =>
  platform === 'linux' ? html : html.replace('<html ', `<html data-elsewhere="${platform}" `);

/** Returns the file for an address, below the renderer folder, or undefined for an address that is not served. */
export function internalFile(address: string, hosts: ReadonlySet<string>): string | undefined {
  // Chromium accepts addresses that Node does not.
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // Assets have flat, hashed names, so no path from outside reaches the file system.
  const asset = /^\/assets\/([A-Za-z0-9_-]+\.[a-z0-9]+)$/.exec(url.pathname)?.[1];
  if (asset) return path.posix.join('assets', asset);
  // A page may have named parts. The page application knows them.
  if (!/^\/?[a-z0-9-]*$/.test(url.pathname)) return undefined;
  if (url.hostname === 'shell')
    return hosts.has('shell') && url.pathname.length <= 1 ? 'apps/shell/index.html' : undefined;
  // The page application reports a missing page, because it has the text in both languages.
  return 'apps/pages/index.html';
}
