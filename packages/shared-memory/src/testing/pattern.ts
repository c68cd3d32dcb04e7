/** Pixels that show whether they all belong to one frame: each 32-bit word depends on the frame and its position. */
const word = (sequence: number, index: number): number => (Math.imul(sequence, 0x9e37_79b1) + index) >>> 0;

function wordsOf(pixels: Uint8Array): Uint32Array {
  return new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4);
}

export function paint(pixels: Uint8Array, sequence: number): void {
  const words = wordsOf(pixels);
  for (let index = 0; index < words.length; index += 1) words[index] = word(sequence, index);
}

/** Returns the index of the first word that is not of frame `sequence`, or undefined if there is none. */
export function firstTear(pixels: Uint8Array, sequence: number): number | undefined {
  const words = wordsOf(pixels);
  for (let index = 0; index < words.length; index += 1) if (words[index] !== word(sequence, index)) return index;
  return undefined;
}
