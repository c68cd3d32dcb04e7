import { cellPayloadWords, cellWords } from './ring-layout.ts';

/**
 * Gives each cell the stamp that it must have with the counters at these positions: those that are published theirs, the
 * others one that is not of a cell to come. Only while there is no peer, to undo what a dead one may have scribbled: a
 * stamp too many would be taken for a cell before it is written, one too few would be waited for for ever.
 */
export function restamp(
  words: Uint32Array,
  capacity: number,
  { written, read }: { written: number; read: number },
): void {
  const used = (written - read) >>> 0;
  for (let ahead = 0; ahead < capacity; ahead += 1) {
    const counter = (read + ahead) >>> 0;
    const stamp = (counter & (capacity - 1)) * cellWords + cellPayloadWords;
    Atomics.store(words, stamp, ahead < used ? (counter + 1) >>> 0 : read);
  }
}
