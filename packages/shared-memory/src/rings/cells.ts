import { cellPayloadWords, cellWords } from './ring-layout.ts';

/**
 * Sets the stamp of each cell to match the counters at these positions. A published cell gets its own stamp; any other
 * cell gets one that no future cell has. Call it only while there is no peer: it repairs stamps that a dead peer may
 * have damaged. A wrong extra stamp would publish an unwritten cell; a missing one would make the consumer wait without
 * end.
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
