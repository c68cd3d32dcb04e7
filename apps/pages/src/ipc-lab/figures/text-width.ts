/** Of the letters of drawings, px: wide ones are of scripts that are written in squares, as Hangul is. */
const [narrowPx, widePx] = [7, 12.5];
const firstWide = 0x1100;

/** About how wide a text is drawn, px. */
export function textWidth(text: string): number {
  let px = 0;
  for (const letter of text) px += (letter.codePointAt(0) ?? 0) >= firstWide ? widePx : narrowPx;
  return px;
}

/** As much of a text as there is room for. */
export function shortened(text: string, roomPx: number): string {
  if (textWidth(text) <= roomPx) return text;
  let shown = '';
  for (const letter of text) {
    if (textWidth(`${shown}${letter}…`) > roomPx) break;
    shown += letter;
  }
  return `${shown.trimEnd()}…`;
}
