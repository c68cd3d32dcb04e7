import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '@bulkhead/contracts';
import { type LoadURLOptions, type ProtocolResponse, protocol, type Session } from 'electron';

const scheme = 'bulkhead';

/** Hosts under `bulkhead://` that are pages a tab may show. The shell is not among them: it is no tab. */
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

/** Has to be called before the application is ready. */
export function registerInternalScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

export interface InternalPagesOptions {
  /** Folder that the renderers were built into. */
  rendererFolder: string;
  hosts: ReadonlySet<string>;
  /** The language that a person chose for the interface. */
  language: () => Settings['language'];
}

/**
 * Serves `bulkhead://HOST/` in one session from the folder that the renderers were built into. `shell` is served to
 * the shell's own session alone, so that no tab can be sent there.
 */
export function serveInternalPages(session: Session, { rendererFolder, hosts, language }: InternalPagesOptions): void {
  // `protocol.handle` would load Node's whole fetch first, while the first page waits for this thread.
  session.protocol.registerBufferProtocol(scheme, ({ url, headers }, answer) => {
    // The session of the shell has no other contents.
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

/** On every answer, the ones that say no included: nobody may frame, sniff or read what is the browser's own. */
const protection = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Cuts a page off from the page that opened its tab, and from those that its tab opened. Costs a second process. */
const apart = { 'Cross-Origin-Opener-Policy': 'same-origin' };

const aloneHeader = 'Bulkhead-Alone';
const unusedSecrets = new Set<string>();

/**
 * Options for loading an internal page into new contents that no page has opened. No page can reach into those, so this
 * one need not be cut off. They count once: Chromium sends the header again when the user comes back to the page, and by
 * then a page may have a handle on the tab.
 */
export function alone(): LoadURLOptions {
  const secret = randomUUID();
  unusedSecrets.add(secret);
  return { extraHeaders: `${aloneHeader}: ${secret}` };
}

/** A document that says in which language it is to speak; without that it takes the system's. */
export const inLanguage = (html: string, language: Settings['language']): string =>
  language === 'system' ? html : html.replace('<html ', `<html data-language="${language}" `);

/** A document that says on which system it is shown, named as Node names it, where that is not Linux. */
export const onSystem = (html: string, platform: NodeJS.Platform = process.platform): string =>
  platform === 'linux' ? html : html.replace('<html ', `<html data-elsewhere="${platform}" `);

/** The file below the renderer folder for one address; undefined for everything that is not one of ours. */
export function internalFile(address: string, hosts: ReadonlySet<string>): string | undefined {
  // Chromium takes addresses that Node does not.
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // Assets have flat, hashed names: no path from outside ever reaches the file system.
  const asset = /^\/assets\/([A-Za-z0-9_-]+\.[a-z0-9]+)$/.exec(url.pathname)?.[1];
  if (asset) return path.posix.join('assets', asset);
  // A page may have parts, by name: the page application knows which there are.
  if (!/^\/?[a-z0-9-]*$/.test(url.pathname)) return undefined;
  if (url.hostname === 'shell')
    return hosts.has('shell') && url.pathname.length <= 1 ? 'apps/shell/index.html' : undefined;
  // A page that does not exist is the page application's to say: it has the words, in both languages.
  return 'apps/pages/index.html';
}
