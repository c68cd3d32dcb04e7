import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProtocolResponse, Session } from 'electron';
import type { Language } from '../runtime/languages.ts';
import { filePolicy } from './file-policy.ts';
import { listingPage, listingPolicy } from './listing-page.ts';
import { readFolder } from './read-folder.ts';

/** Net errors of Chromium. */
const notFound = -6;
const accessDenied = -10;
const insufficientResources = -12;

/** Maximum number of pending listings. A hostile file may request any number. */
const mostWaiting = 8;
/** Maximum number of pages that are kept for Electron to read, and maximum age of each, ms. */
const mostFiles = 32;
const keptMs = 30_000;

/**
 * Lets a session show folders. Electron itself loads files, but answers "file not found" for a folder. Files are still
 * read by Electron. A page from a file can show other files, but cannot read them. `folder`: for the pages that this
 * writes.
 */
export function serveFolders(session: Session, folder: string, language: () => Language): void {
  const listings = new Listings(folder, language);
  session.protocol.interceptFileProtocol('file', ({ url, headers }, answer) => {
    void respond(url, headers, listings).then(answer);
  });
}

async function respond(url: string, headers: Record<string, string>, listings: Listings): Promise<ProtocolResponse> {
  // The page requests read access (CORS): for a module, a font, or an image with `crossorigin`.
  if ('Origin' in headers) return { error: accessDenied };
  try {
    const file = fileURLToPath(url);
    const found = await stat(file);
    if (found.isDirectory()) return await listings.of(path.resolve(file));
    // A pipe or a device may never end.
    return found.isFile()
      ? { path: file, headers: { 'Content-Security-Policy': filePolicy } }
      : { error: accessDenied };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { error: code === 'EACCES' || code === 'EPERM' ? accessDenied : notFound };
  }
}

/**
 * Pages of folders. Each is a temporary file, because Electron recognizes a page by the ending of its name. They are in
 * a folder of the profile. The next start removes files that a killed browser has left there.
 */
class Listings {
  readonly #folder: string;
  readonly #language: () => Language;
  /** Oldest first. */
  readonly #files: string[] = [];
  #waiting = 0;
  #last: Promise<unknown>;

  constructor(folder: string, language: () => Language) {
    this.#folder = folder;
    this.#language = language;
    this.#last = rm(folder, { recursive: true, force: true }).catch(() => undefined); // reported when a page is written
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }

  /** Writes the page of a folder. One at a time, because reading a large folder takes time. */
  async of(folder: string): Promise<ProtocolResponse> {
    if (this.#waiting >= mostWaiting) return { error: insufficientResources };
    this.#waiting += 1;
    const page = this.#last.then(() => this.#write(folder));
    this.#last = page.catch(() => undefined); // reported to the caller
    try {
      return { path: await page, headers: { 'Content-Security-Policy': listingPolicy } };
    } finally {
      this.#waiting -= 1;
    }
  }

  async #write(folder: string): Promise<string> {
    const content = await readFolder(folder);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const name = path.join(this.#folder, `${randomUUID()}.html`);
    const file = await open(name, 'wx', 0o600);
    try {
      for await (const piece of listingPage(folder, content, this.#language())) await file.write(piece);
    } finally {
      await file.close();
      this.#removeLater(name);
    }
    return name;
  }

  /** Removes the file after some time. Electron opens it later, and does not report when it has done so. */
  #removeLater(name: string): void {
    this.#files.push(name);
    setTimeout(() => this.#remove(name), keptMs).unref();
    const [oldest] = this.#files;
    if (this.#files.length > mostFiles && oldest !== undefined) this.#remove(oldest);
  }

  #remove(name: string): void {
    const index = this.#files.indexOf(name);
    if (index < 0) return;
    this.#files.splice(index, 1);
    void unlink(name).catch(() => undefined); // the next start removes it
  }
}
