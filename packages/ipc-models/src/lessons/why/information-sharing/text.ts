import { createHash } from 'node:crypto';

/** What is copied: a text of so many KiB. */
export const textToCopy = (kibibytes: number): string =>
  'copied text, '.repeat(79 * kibibytes).slice(0, 1024 * kibibytes);

/** Twelve digits that tell one text from another. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
