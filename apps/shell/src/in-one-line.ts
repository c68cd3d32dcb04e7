/**
 * A pasted text in one line, as Chrome's address bar takes it. Line ends in an address that was broken up go; among
 * words they become blanks.
 */
export function inOneLine(text: string): string {
  const trimmed = text.trim();
  const hasBlanks = /[^\S\r\n\u2028\u2029]/.test(trimmed.replace(/\s*[\r\n\u2028\u2029]\s*/g, ''));
  return trimmed.replace(/\s*[\r\n\u2028\u2029]\s*/g, hasBlanks ? ' ' : '');
}
