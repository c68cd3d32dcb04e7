import type { FrameBufferReport, FrameBuffersReport } from '@bulkhead/contracts';

export interface FrameRates {
  framesPerSecond: number;
  /** Bytes of pixels; null while the size of a frame is not known. */
  bytesPerSecond: number | null;
}

/** Returns the rates of a buffer between two reports; null without an earlier report, or if no time has passed. */
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

/** Returns the newest reports that span at least `spanMs`, oldest first. A rate over one period alone would jump. */
export function keepSpan(reports: readonly FrameBuffersReport[], spanMs: number): FrameBuffersReport[] {
  const newest = reports.at(-1);
  if (!newest) return [];
  // Keep the last report that is old enough, and all later ones.
  const first = reports.findLastIndex(({ at }) => newest.at - at >= spanMs);
  return reports.slice(Math.max(0, first));
}
