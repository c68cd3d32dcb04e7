/** Lists every buffer that this process writes or reads. The references are weak, so the list keeps nothing alive. */
import type { Backend } from './backing.ts';

/**
 * One side of a buffer as this process sees it. Values that the peer can write are for display only: do not trust them.
 */
export interface BufferReport {
  readonly kind: 'frame-buffer' | 'ring' | 'bounded-buffer' | 'unbounded-buffer';
  readonly label: string;
  /** Role of this process. */
  readonly role: 'writer' | 'reader';
  readonly backend: Backend;
  readonly arena: string;
  /** Size of control words and contents together. */
  readonly bytes: number;
  /** Number of frames, cells, elements or items that fit; of a record ring, bytes. */
  readonly slots: number;
  /** Size of one slot. */
  readonly slotBytes: number;
  /** As each side has written it; `pid` is 0 while that side is missing. */
  readonly writer: SideReport;
  readonly reader: SideReport;
  /**
   * Progress of both sides, modulo 2^32, in frames, elements or bytes. For a bounded buffer: `in` and `out`. For an
   * unbounded buffer: the items in the newest block, and the blocks that the consumer has finished.
   */
  readonly sequence: { readonly published: number; readonly taken: number };
  /** Modulo 2^32. A count that this kind of buffer does not have is 0. */
  readonly counts: {
    readonly taken: number;
    readonly dropped: number;
    readonly torn: number;
    readonly overwritten: number;
  };
  readonly fault: { readonly reason: string; readonly detail: string } | undefined;
  /** The control words as they are in memory now. */
  readonly words: readonly number[];
}

/** One side of a buffer: its process, and how often that process was replaced. */
export interface SideReport {
  readonly pid: number;
  readonly generation: number;
  /** The slot that this side of a frame buffer holds. */
  readonly slot?: number;
}

interface Reporting {
  /** False once the buffer is closed or its arena is destroyed. It cannot be reported then. */
  readonly usable: boolean;
  report(): BufferReport;
}

const live = new Set<WeakRef<Reporting>>();

export function registerBuffer(buffer: Reporting): void {
  live.add(new WeakRef(buffer));
}

export function unregisterBuffer(buffer: Reporting): void {
  for (const reference of live) if (reference.deref() === buffer) live.delete(reference);
}

/** @returns the reports of this process's buffers, oldest first */
export function buffers(): BufferReport[] {
  const reports: BufferReport[] = [];
  for (const reference of live) {
    const buffer = reference.deref();
    if (buffer?.usable) reports.push(buffer.report());
    else live.delete(reference);
  }
  return reports;
}
