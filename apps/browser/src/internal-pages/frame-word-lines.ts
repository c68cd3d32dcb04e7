import type { FrameBufferReport, WordLine } from '@bulkhead/contracts';
import type * as SharedMemory from '@bulkhead/shared-memory';

/** Place of each control word in a frame buffer, as the package shared-memory defines it. */
export type FrameLayout = Pick<
  typeof SharedMemory,
  'slotCount' | 'stateWord' | 'writerWord' | 'readerWord' | 'frameWord' | 'frameWords'
>;

/** Most words that are shown of a buffer whose words have no names. */
const mostUnnamed = 256;

/** Returns a frame buffer's control words by side or slot. The second half of a 64-bit word has a name of its own. */
export function frameWordLines(words: readonly number[], layout: FrameLayout): WordLine[] {
  const { slotCount, stateWord, writerWord, readerWord, frameWord, frameWords } = layout;
  const line = (name: string, first: number, places: Readonly<Record<string, number>>): WordLine => ({
    name,
    words: Object.entries(places).map(([word, at]) => ({ name: word, value: words[first + at] ?? 0 })),
  });
  const { timestampUs, ...others } = frameWord;
  const ofSlot = { ...others, timestampLow: timestampUs, timestampHigh: timestampUs + 1 };
  return [
    line('state', stateWord, { state: 0 }),
    line('writer', 0, writerWord),
    line('reader', 0, readerWord),
    ...Array.from({ length: slotCount }, (_, slot) => line(`slot ${slot}`, frameWords(slot), ofSlot)),
  ];
}

/** Returns the control words of a buffer of another kind, by byte offset. */
export function plainWordLines(words: readonly number[]): WordLine[] {
  const named = words.slice(0, mostUnnamed).map((value, index) => ({ name: `+${4 * index}`, value }));
  return [{ name: 'words', words: named }];
}

/** Returns the size of the newest frame, as the last published slot gives it; null before the first frame. */
export function newestFrame(words: readonly number[], layout: FrameLayout): FrameBufferReport['frame'] {
  const { slotCount, writerWord, frameWord, frameWords } = layout;
  const published = words[writerWord.sequence] ?? 0;
  for (let slot = 0; published !== 0 && slot < slotCount; slot++) {
    const word = (at: number) => words[frameWords(slot) + at] ?? 0;
    if (word(frameWord.sequence) !== published) continue;
    return {
      width: word(frameWord.width),
      height: word(frameWord.height),
      strideBytes: word(frameWord.strideBytes),
    };
  }
  return null;
}
