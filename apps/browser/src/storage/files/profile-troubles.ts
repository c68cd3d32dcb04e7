import { EventEmitter } from 'node:events';
import type { Notice, ProfilePart } from '@bulkhead/contracts';
import { codeOf, type Unreadable } from './read-file.ts';
import { follow } from './write-file.ts';

export interface ProfileTrouble {
  part: ProfilePart;
  /** It could not be read, and is done without; or it cannot be written, and what is new of it is lost. */
  kind: 'unread' | 'unwritten';
  why: NonNullable<Notice['why']>;
  /** Where what could not be read is now. */
  file?: () => string;
}

/** What of the profile could not be read, and cannot be written: each said once, until it can be written again. */
export class ProfileTroubles extends EventEmitter<{ began: [ProfileTrouble]; ended: [ProfileTrouble] }> {
  readonly #all = new Map<string, ProfileTrouble>();

  /** Those that there are. */
  get all(): readonly ProfileTrouble[] {
    return [...this.#all.values()];
  }

  /** `file`: what is in its place. */
  unread(part: ProfilePart, why: Unreadable, file: string): void {
    this.#begin({ part, kind: 'unread', why, file: follow(file) }, why);
  }

  unwritten(part: ProfilePart, error: unknown): void {
    const code = codeOf(error) ?? '';
    this.#begin({ part, kind: 'unwritten', why: reasons[code] ?? 'other' }, error);
  }

  written(part: ProfilePart): void {
    const trouble = this.#all.get(`unwritten ${part}`);
    if (!trouble) return;
    this.#all.delete(`unwritten ${part}`);
    console.error(`bulkhead: profile: ${part} can be written again`);
    this.emit('ended', trouble);
  }

  #begin(trouble: ProfileTrouble, why: unknown): void {
    const { part, kind } = trouble;
    const key = `${kind} ${part}`;
    // A full disk stays full for many changes.
    if (this.#all.has(key)) return;
    this.#all.set(key, trouble);
    const reason = why instanceof Error ? why.message : String(why);
    console.error(
      `bulkhead: profile: ${part} ${kind === 'unread' ? 'could not be read' : 'cannot be written'}: ${reason}`,
    );
    this.emit('began', trouble);
  }
}

const reasons: Record<string, ProfileTrouble['why']> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  // The most that a file may have.
  EFBIG: 'disk-full',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
};
