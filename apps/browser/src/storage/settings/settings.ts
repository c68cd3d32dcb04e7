import { EventEmitter } from 'node:events';
import path from 'node:path';
import { type Settings as Chosen, type SettingsState, settings as schema } from '@bulkhead/contracts';
import * as v from 'valibot';
import { ProfileFile } from '../files/profile-file.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';

const defaults: Chosen = {
  theme: 'system',
  language: 'system',
  openLastSession: false,
  keepHistory: true,
  keepCrashReports: true,
  showPluginFigures: false,
  memoryLimitKiB: null,
};

/** Unknown settings are accepted: another version of Bulkhead may have written them. */
const kept = v.pipe(
  v.string(),
  v.parseJson(),
  v.check((value) => !Array.isArray(value)),
  v.looseObject({}),
);

/** Size limit of the file, many times what all settings take. */
const mostBytes = 1024 * 1024;

/** The user's settings, kept in one small file of the profile. */
export class Settings extends EventEmitter<{ changed: [] }> {
  readonly #file: ProfileFile;
  #chosen: Chosen = defaults;
  #unsaved: string | null = null;
  /** Runs writes one after the other. */
  #work: Promise<void> = Promise.resolve();

  /** Reads the file synchronously, because the first window needs the settings. */
  constructor(profile: string, troubles: ProfileTroubles) {
    super();
    this.setMaxListeners(0);
    this.#file = new ProfileFile(path.join(profile, 'settings.json'), { part: 'settings', mostBytes, troubles });
    const found = this.#file.readSync();
    if (!found) return;
    const file = v.safeParse(kept, found.content.toString());
    const parsed = v.safeParse(v.object(schema.entries), file.success && { ...defaults, ...file.output });
    if (parsed.success) this.#chosen = parsed.output;
    else this.#file.refuse();
  }

  get chosen(): Readonly<Chosen> {
    return this.#chosen;
  }

  state(): Pick<SettingsState, 'settings' | 'damaged' | 'unsaved'> {
    return { settings: { ...this.#chosen }, damaged: this.#file.isUnread, unsaved: this.#unsaved };
  }

  /** Applies the settings at once. Resolves when they are on the disk, or when `unsaved` says why not. */
  async change(chosen: Chosen): Promise<void> {
    this.#chosen = chosen;
    this.emit('changed');
    this.#work = this.#work.then(() => this.#write());
    await this.#work;
  }

  async #write(): Promise<void> {
    try {
      await this.#file.replace([`${JSON.stringify(this.#chosen, null, 2)}\n`]);
      this.#unsaved = null;
    } catch (error) {
      this.#unsaved = (error instanceof Error ? error.message : String(error)).slice(0, 1024);
    }
    this.emit('changed');
  }
}
