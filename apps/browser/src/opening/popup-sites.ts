import { EventEmitter } from 'node:events';
import path from 'node:path';
import { bounded, mostPopupSites, type PopupSiteList, pageLimits } from '@bulkhead/contracts';
import * as v from 'valibot';
import { shownText } from '../omnibox/shown-text.ts';
import { ProfileFile } from '../storage/files/profile-file.ts';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';

/** Size limit of the file, many times the longest likely list. */
const mostBytes = 16 * 1024 * 1024;

const kept = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ allowed: v.pipe(v.array(bounded(pageLimits.originLength)), v.maxLength(mostPopupSites)) }),
);

/** Returns the origin for which pop-ups are allowed, or null for documents without one, such as files and `data:`. */
export function siteOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && origin.length <= pageLimits.originLength ? origin : null;
}

/** The sites that may open tabs without a gesture, because the user allowed it. Stored in a file of the profile. */
export class PopupSites extends EventEmitter<{ changed: [] }> {
  readonly #file: ProfileFile;
  #allowed: Set<string>;
  /** Runs writes one after the other. */
  #work: Promise<void> = Promise.resolve();

  /** Reads the file synchronously: it is small, and the first page may need it. */
  constructor(profile: string, troubles: ProfileTroubles) {
    super();
    // Each document of the settings page adds a listener.
    this.setMaxListeners(0);
    const file = path.join(profile, 'popup-sites.json');
    this.#file = new ProfileFile(file, { part: 'popup-sites', mostBytes, troubles });
    this.#allowed = new Set(this.#read());
  }

  allows(address: string): boolean {
    const site = siteOf(address);
    return site !== null && this.#allowed.has(site);
  }

  /** Applies at once. Resolves when it is on the disk. If writing fails, it applies until the browser ends. */
  async allow(address: string): Promise<void> {
    const site = siteOf(address);
    if (site === null || this.#allowed.has(site)) return;
    this.#allowed = new Set([...this.#allowed, site].slice(-mostPopupSites));
    await this.#keep();
  }

  /** Takes the permission back, in the same way. */
  async forget(site: string): Promise<void> {
    if (!this.#allowed.has(site)) return;
    this.#allowed = new Set([...this.#allowed].filter((each) => each !== site));
    await this.#keep();
  }

  /** Returns the sites, newest first. */
  list(): PopupSiteList {
    return [...this.#allowed]
      .reverse()
      .map((site) => ({ site, shown: shownText(site).slice(0, pageLimits.originLength) }));
  }

  async #keep(): Promise<void> {
    this.emit('changed');
    this.#work = this.#work.then(() => this.#write());
    await this.#work;
  }

  #read(): string[] {
    const found = this.#file.readSync();
    if (!found) return [];
    const parsed = v.safeParse(kept, found.content.toString());
    if (!parsed.success) this.#file.refuse();
    return parsed.success ? parsed.output.allowed : [];
  }

  async #write(): Promise<void> {
    const text = `${JSON.stringify({ allowed: [...this.#allowed] }, null, 2)}\n`;
    await this.#file.replace([text]).catch(() => undefined); // reported by ProfileFile
  }
}
