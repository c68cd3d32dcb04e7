import type { BufferReport } from '../segment/buffer-registry.ts';
import type { FrameBuffer } from './frame-buffer.ts';
import { controlBytes, type FrameFault, readerWord, slotCount, writerWord } from './frame-layout.ts';

/** Reports a frame buffer as it is in memory now. Reads each word once. */
export function reportFrameBuffer(
  buffer: FrameBuffer,
  role: 'writer' | 'reader',
  fault: FrameFault | undefined,
): BufferReport {
  const shared = buffer.control.words();
  const words = Array.from({ length: shared.length }, (_, index) => Atomics.load(shared, index));
  const word = (index: number): number => words[index] ?? 0;
  return {
    kind: 'frame-buffer',
    label: buffer.label,
    role,
    backend: buffer.arena.backend,
    arena: buffer.arena.label,
    bytes: controlBytes + slotCount * buffer.slotBytes,
    slots: slotCount,
    slotBytes: buffer.slotBytes,
    writer: {
      pid: word(writerWord.pid),
      generation: word(writerWord.generation),
      slot: word(writerWord.slot),
    },
    reader: {
      pid: word(readerWord.pid),
      generation: word(readerWord.generation),
      slot: word(readerWord.slot),
    },
    sequence: { published: word(writerWord.sequence), taken: word(readerWord.sequence) },
    counts: {
      taken: word(readerWord.taken),
      dropped: word(readerWord.dropped),
      torn: word(readerWord.torn),
      overwritten: word(writerWord.overwritten),
    },
    fault,
    words,
  };
}
