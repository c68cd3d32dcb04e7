/** Lists every segment that this process has mapped. The references are weak, so the list keeps nothing alive. */
import type { Backend } from './backing.ts';
import type { SegmentHeader } from './segment-header.ts';

/** One segment as this process sees it. */
export interface SegmentReport {
  readonly label: string;
  readonly id: string;
  readonly backend: Backend;
  readonly bytes: number;
  readonly generation: number;
  /** Access of this process. */
  readonly access: 'read-only' | 'read-write';
  readonly owned: boolean;
  /** True if a peer can still attach it. */
  readonly attachable: boolean;
  /** The header as it is in memory now, unchecked. */
  readonly header: SegmentHeader;
}

/** The part of a segment that a report reads. */
interface Reported extends Omit<SegmentReport, 'header'> {
  header(): SegmentHeader;
}

const live = new Set<WeakRef<Reported>>();

export function register(segment: Reported): void {
  live.add(new WeakRef(segment));
}

export function unregister(segment: Reported): void {
  for (const reference of live) if (reference.deref() === segment) live.delete(reference);
}

/** @returns the reports of this process's segments, oldest first */
export function segments(): SegmentReport[] {
  const reports: SegmentReport[] = [];
  for (const reference of live) {
    const segment = reference.deref();
    if (!segment) {
      live.delete(reference); // collected: forgotten.ts has emitted a warning
      continue;
    }
    const { label, id, backend, bytes, generation, access, owned, attachable } = segment;
    reports.push({ label, id, backend, bytes, generation, access, owned, attachable, header: segment.header() });
  }
  return reports;
}
