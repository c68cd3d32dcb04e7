import type { FrameBufferReport } from '@bulkhead/contracts';

/** Formats a 32-bit word as eight hexadecimal digits. */
export const hexadecimal = (word: number) => word.toString(16).padStart(8, '0');

/** Returns the key of a word within its buffer: `line/word`. */
export const wordKey = (line: string, word: string) => `${line}/${word}`;

/** Returns the words that differ between two reports; none for a new buffer. */
export function changedWords(before: FrameBufferReport | undefined, now: FrameBufferReport): Set<string> {
  const values = new Map(
    before?.lines.flatMap(({ name, words }) => words.map((word) => [wordKey(name, word.name), word.value] as const)),
  );
  const changed = now.lines.flatMap(({ name, words }) =>
    words
      .map((word) => ({ key: wordKey(name, word.name), value: word.value }))
      .filter(({ key, value }) => values.has(key) && values.get(key) !== value)
      .map(({ key }) => key),
  );
  return new Set(changed);
}
