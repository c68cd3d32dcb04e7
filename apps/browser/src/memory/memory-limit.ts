import { readFile, rename, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import type { MemoryLimit as MemoryLimits } from '@bulkhead/contracts';
import * as v from 'valibot';

const kept = v.object({ chosenKiB: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(65_536))) });

/** How much memory one tab may use: a person's choice, kept in the profile, or a quarter of the machine's. */
export class MemoryLimit {
  readonly #file: string;
  #chosenKiB: number | null = null;

  constructor(profile: string) {
    this.#file = path.join(profile, 'memory-limit.json');
  }

  get kiB(): number {
    return this.#chosenKiB ?? defaultKiB();
  }

  describe(): MemoryLimits {
    return { limitKiB: this.kiB, defaultKiB: defaultKiB(), chosenKiB: this.#chosenKiB };
  }

  async load(): Promise<void> {
    const text = await readFile(this.#file, 'utf8').catch(() => undefined); // there is none yet
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), kept), text);
    if (parsed.success) this.#chosenKiB = parsed.output.chosenKiB;
  }

  /** For this run alone: what is kept stays as it is. */
  lend(kiB: number | null): void {
    this.#chosenKiB = kiB;
  }

  async choose(kiB: number | null): Promise<void> {
    this.#chosenKiB = kiB;
    const next = `${this.#file}.next`;
    await writeFile(next, JSON.stringify({ chosenKiB: kiB }));
    await rename(next, this.#file);
  }
}

const defaultKiB = () => Math.floor(totalmem() / 1024 / 4);
