/**
 * Returns pasted text as one line, as Chrome's address bar does. Line ends within an address are removed; between words
 * they become spaces.
 */
export function inOneLine(text: string): string {
  const trimmed = text.trim();
  const hasBlanks = /[^\S\r\n\u2028\u2029]/.test(trimmed.replace(/\s*[\r\n\u2028\u2029]\s*/g, ''));
  return trimmed.replace(/\s*[\r\n\u2028\u2029]\s*/g, hasBlanks ? ' ' : '');
}
