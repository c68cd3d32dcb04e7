import { createHash } from 'node:crypto';

/** Returns a text of `kibibytes` KiB to copy. */
export const textToCopy = (kibibytes: number): string =>
  'copied text, '.repeat(79 * kibibytes).slice(0, 1024 * kibibytes);

/** Returns twelve hexadecimal digits that identify a text. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
