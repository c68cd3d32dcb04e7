import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { bounded } from '@bulkhead/contracts';
import * as v from 'valibot';

/** The newest are kept. */
const mostSites = 1000;
const longestSite = 2048;
/** Which sites the user trusts is the user's own affair. */
const onlyOurs = 0o600;

const kept = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ allowed: v.pipe(v.array(bounded(longestSite)), v.maxLength(mostSites)) }),
);

/** Origin that pop-ups are allowed by; null for documents that have none, such as files and `data:`. */
export function siteOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && origin.length <= longestSite ? origin : null;
}

/** The sites that may open tabs without a gesture, because the user said so. Kept in a file of the profile. */
export class PopupSites {
  readonly #file: string;
  #allowed: Set<string>;
  /** Writes one after the other. */
  #work: Promise<void> = Promise.resolve();

  /** Reads the file at once: it is small, and the first page may ask. */
  constructor(profile: string) {
    this.#file = path.join(profile, 'popup-sites.json');
    this.#allowed = new Set(this.#read());
  }

  allows(address: string): boolean {
    const site = siteOf(address);
    return site !== null && this.#allowed.has(site);
  }

  /** In force at once; on the disk when it resolves. What cannot be written holds until the program ends. */
  async allow(address: string): Promise<void> {
    const site = siteOf(address);
    if (site === null || this.#allowed.has(site)) return;
    this.#allowed = new Set([...this.#allowed, site].slice(-mostSites));
    this.#work = this.#work.then(() => this.#write());
    await this.#work;
  }

  #read(): string[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return []; // there is none
    }
    const parsed = v.safeParse(kept, text);
    if (!parsed.success) console.error('bulkhead: the list of sites with pop-ups cannot be read; no site has them');
    return parsed.success ? parsed.output.allowed : [];
  }

  async #write(): Promise<void> {
    try {
      await mkdir(path.dirname(this.#file), { recursive: true });
      const file = await open(`${this.#file}.next`, 'w', onlyOurs);
      try {
        await file.writeFile(`${JSON.stringify({ allowed: [...this.#allowed] }, null, 2)}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(`${this.#file}.next`, this.#file);
    } catch (error) {
      console.error(`bulkhead: the list of sites with pop-ups cannot be kept: ${String(error)}`);
    }
  }
}
