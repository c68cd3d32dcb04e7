/** Every buffer that this process writes or reads, for people to look at. Weak: being listed keeps nothing alive. */
import type { Backend } from './backing.ts';

/** One side of a buffer as this process sees it. What the peer can write can be noise: it is shown, not believed. */
export interface BufferReport {
  readonly kind: 'frame-buffer' | 'ring' | 'bounded-buffer' | 'unbounded-buffer';
  readonly label: string;
  /** Of this process. */
  readonly role: 'writer' | 'reader';
  readonly backend: Backend;
  readonly arena: string;
  /** All of it: control words and contents. */
  readonly bytes: number;
  /** Frames, records, elements or items that fit; of a record ring, bytes. */
  readonly slots: number;
  /** Bytes of one. */
  readonly slotBytes: number;
  /** As either side has put it down; `pid` is 0 while there is none. */
  readonly writer: SideReport;
  readonly reader: SideReport;
  /**
   * How far the two have come, modulo 2^32: frames, elements or bytes; of a bounded buffer `in` and `out`; of an unbounded
   * one the items in the newest block and the blocks that the consumer is done with.
   */
  readonly sequence: { readonly published: number; readonly taken: number };
  /** Modulo 2^32. Those that a kind of buffer has no notion of stay 0. */
  readonly counts: {
    readonly taken: number;
    readonly dropped: number;
    readonly torn: number;
    readonly overwritten: number;
  };
  readonly fault: { readonly reason: string; readonly detail: string } | undefined;
  /** The control words, one by one, as they stand in memory now. */
  readonly words: readonly number[];
}

export interface SideReport {
  readonly pid: number;
  readonly generation: number;
  /** The slot it holds, of a frame buffer. */
  readonly slot?: number;
}

interface Reporting {
  /** False once it is closed or its arena destroyed: there is nothing to report then. */
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

/** The buffers of this process, in the order they were made. */
export function buffers(): BufferReport[] {
  const reports: BufferReport[] = [];
  for (const reference of live) {
    const buffer = reference.deref();
    if (buffer?.usable) reports.push(buffer.report());
    else live.delete(reference);
  }
  return reports;
}
