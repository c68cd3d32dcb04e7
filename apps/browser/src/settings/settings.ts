import { EventEmitter } from 'node:events';
import { readFileSync, renameSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { type Settings as Chosen, type SettingsState, settings as schema } from '@bulkhead/contracts';
import * as v from 'valibot';

const defaults: Chosen = {
  theme: 'system',
  language: 'system',
  openLastSession: false,
  keepHistory: true,
  keepCrashReports: true,
  memoryLimitKiB: null,
};

/** A setting that another version does not have is no damage of the file. */
const kept = v.pipe(
  v.string(),
  v.parseJson(),
  v.check((value) => !Array.isArray(value)),
  v.looseObject({}),
);

/** What a person has chosen, kept in one small file of the profile. */
export class Settings extends EventEmitter<{ changed: [] }> {
  readonly #file: string;
  #chosen: Chosen = defaults;
  #damaged = false;
  #unsaved: string | null = null;
  /** Writes one after the other. */
  #work: Promise<void> = Promise.resolve();

  /** Reads the file at once: the first window is to look as it was chosen. */
  constructor(profile: string) {
    super();
    this.setMaxListeners(0);
    this.#file = path.join(profile, 'settings.json');
    const text = readIfThere(this.#file);
    if (text === undefined) return;
    const file = v.safeParse(kept, text);
    const parsed = v.safeParse(v.object(schema.entries), file.success && { ...defaults, ...file.output });
    this.#damaged = !parsed.success;
    if (parsed.success) this.#chosen = parsed.output;
    else console.error('bulkhead: the settings cannot be read; using the defaults');
  }

  get chosen(): Readonly<Chosen> {
    return this.#chosen;
  }

  state(): Pick<SettingsState, 'settings' | 'damaged' | 'unsaved'> {
    return { settings: { ...this.#chosen }, damaged: this.#damaged, unsaved: this.#unsaved };
  }

  /** In force at once; on the disk when it resolves, or `unsaved` says why not. */
  async change(chosen: Chosen): Promise<void> {
    this.#chosen = chosen;
    this.emit('changed');
    this.#work = this.#work.then(() => this.#write());
    await this.#work;
  }

  async #write(): Promise<void> {
    try {
      // What could not be read is put aside, where somebody may still look at it.
      if (this.#damaged) renameSync(this.#file, `${this.#file}.damaged`);
      await mkdir(path.dirname(this.#file), { recursive: true });
      const file = await open(`${this.#file}.next`, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(this.#chosen, null, 2)}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(`${this.#file}.next`, this.#file);
      this.#damaged = false;
      this.#unsaved = null;
    } catch (error) {
      this.#unsaved = (error instanceof Error ? error.message : String(error)).slice(0, 1024);
      console.error(`bulkhead: the settings cannot be kept: ${this.#unsaved}`);
    }
    this.emit('changed');
  }
}

/** Undefined when there is none; what cannot be read reads as nothing, which is damage. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : '';
  }
}
