import { EventEmitter } from 'node:events';
import type { Notice, ProfilePart } from '@bulkhead/contracts';
import { log } from '../../log/log.ts';
import { codeOf, type Unreadable } from './read-file.ts';
import { follow } from './write-file.ts';

export interface ProfileTrouble {
  part: ProfilePart;
  /**
   * `unread`: the file could not be read, and defaults are used. `unwritten`: the file cannot be written, and changes
   * are lost.
   */
  kind: 'unread' | 'unwritten';
  why: NonNullable<Notice['why']>;
  /** Returns the present path of the file that could not be read. */
  file?: () => string;
}

/**
 * Parts of the profile that could not be read or cannot be written. Each is reported once until it can be written
 * again.
 */
export class ProfileTroubles extends EventEmitter<{ began: [ProfileTrouble]; ended: [ProfileTrouble] }> {
  readonly #all = new Map<string, ProfileTrouble>();

  /** The present troubles. */
  get all(): readonly ProfileTrouble[] {
    return [...this.#all.values()];
  }

  /** `file`: path of the thing that could not be read. */
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
    log.warn(`profile: ${part} can be written again`);
    this.emit('ended', trouble);
  }

  #begin(trouble: ProfileTrouble, why: unknown): void {
    const { part, kind } = trouble;
    const key = `${kind} ${part}`;
    // A full disk stays full for many changes: report it once.
    if (this.#all.has(key)) return;
    this.#all.set(key, trouble);
    const reason = why instanceof Error ? why.message : String(why);
    log.warn(`profile: ${part} ${kind === 'unread' ? 'could not be read' : 'cannot be written'}: ${reason}`);
    this.emit('began', trouble);
  }
}

const reasons: Record<string, ProfileTrouble['why']> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  // The file reached the largest size that the system allows.
  EFBIG: 'disk-full',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
};
