import type { FrameBufferReport, FrameBuffersReport } from '@bulkhead/contracts';

export interface FrameRates {
  framesPerSecond: number;
  /** Of pixels; null while it is not known how large a frame is. */
  bytesPerSecond: number | null;
}

/** What went through one buffer between two reports; null without a report before, or when time stood still. */
export function ratesBetween(
  before: FrameBuffersReport | undefined,
  now: FrameBuffersReport,
  buffer: FrameBufferReport,
): FrameRates | null {
  const earlier = before?.buffers.find(({ key, writer }) => key === buffer.key && writer.pid === buffer.writer.pid);
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  if (!earlier || seconds <= 0) return null;
  // The word wraps around at 2^32.
  const framesPerSecond = ((buffer.published - earlier.published) >>> 0) / seconds;
  const { frame } = buffer;
  return { framesPerSecond, bytesPerSecond: frame && framesPerSecond * frame.strideBytes * frame.height };
}

/** The newest reports that span at least `spanMs`, oldest first: to be divided by more than one period's chance. */
export function keepSpan(reports: readonly FrameBuffersReport[], spanMs: number): FrameBuffersReport[] {
  const newest = reports.at(-1);
  if (!newest) return [];
  // The last one that is old enough, and everything after it.
  const first = reports.findLastIndex(({ at }) => newest.at - at >= spanMs);
  return reports.slice(Math.max(0, first));
}
