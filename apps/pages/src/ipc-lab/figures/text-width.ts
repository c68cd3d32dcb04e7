/** Widths of letters in drawings, px. Letters of square scripts, such as Hangul, are wide. */
const [narrowPx, widePx] = [7, 12.5];
const firstWide = 0x1100;

/** Estimates the drawn width of a text, px. */
export function textWidth(text: string): number {
  let px = 0;
  for (const letter of text) px += (letter.codePointAt(0) ?? 0) >= firstWide ? widePx : narrowPx;
  return px;
}

/** Cuts a text to the room for it, and marks the cut with an ellipsis. */
export function shortened(text: string, roomPx: number): string {
  if (textWidth(text) <= roomPx) return text;
  let shown = '';
  for (const letter of text) {
    if (textWidth(`${shown}${letter}…`) > roomPx) break;
    shown += letter;
  }
  return `${shown.trimEnd()}…`;
}
