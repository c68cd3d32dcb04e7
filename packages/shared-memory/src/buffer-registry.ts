/** Every buffer that this process writes or reads, for people to look at. Weak: being listed keeps nothing alive. */
import type { Backend } from './backing.ts';
import type { FrameFault } from './frame-layout.ts';

/** One side of a buffer as this process sees it. What stands in `words` and `peer` can be noise: the peer wrote it. */
export interface BufferReport {
  readonly kind: 'frame-buffer';
  readonly label: string;
  /** Of this process. */
  readonly role: 'writer' | 'reader';
  readonly backend: Backend;
  readonly arena: string;
  /** Control words and pixels. */
  readonly bytes: number;
  readonly slots: number;
  readonly slotBytes: number;
  /** PIDs and generations as either side has put them down; 0 while there is none. */
  readonly writer: { readonly pid: number; readonly generation: number; readonly slot: number };
  readonly reader: { readonly pid: number; readonly generation: number; readonly slot: number };
  /** Of the last frame published and of the last one taken, modulo 2^32. */
  readonly sequence: { readonly published: number; readonly taken: number };
  /** Frames, modulo 2^32. */
  readonly counts: {
    readonly taken: number;
    readonly dropped: number;
    readonly torn: number;
    readonly overwritten: number;
  };
  readonly fault: FrameFault | undefined;
  /** The control block, word by word, as it stands in memory now. */
  readonly words: readonly number[];
}

interface Reporting {
  report(): BufferReport;
}

const live = new Set<WeakRef<Reporting>>();

export function registerBuffer(buffer: Reporting): void {
  live.add(new WeakRef(buffer));
}

export function unregisterBuffer(buffer: Reporting): void {
  for (const reference of live) if (reference.deref() === buffer) live.delete(reference);
}

/** The buffers of this process, in the order they were made. */
export function buffers(): BufferReport[] {
  const reports: BufferReport[] = [];
  for (const reference of live) {
    const buffer = reference.deref();
    if (buffer) reports.push(buffer.report());
    else live.delete(reference);
  }
  return reports;
}
