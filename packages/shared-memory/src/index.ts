export { Arena, type ArenaOptions, type PeerAccess } from './arena.ts';
export type { Backend } from './backing.ts';
export { type BufferReport, buffers } from './buffer-registry.ts';
export * from './descriptors.ts';
export { ElementReader } from './element-reader.ts';
export { ElementWriter } from './element-writer.ts';
export * from './errors.ts';
export type { FrameBufferOptions } from './frame-buffer.ts';
export {
  bytesPerPixel,
  type FrameFault,
  monotonicUs,
  type PixelFormat,
  pixelFormats,
  type Rectangle,
} from './frame-layout.ts';
export { type Frame, FrameReader, type Latest } from './frame-reader.ts';
export { type FrameInfo, FrameWriter, type Loan, type PublishResult } from './frame-writer.ts';
export { RecordReader, type Taken } from './record-reader.ts';
export { type Claim, RecordWriter } from './record-writer.ts';
export { type SegmentReport, segments } from './registry.ts';
export { type Elements, type ElementType, type Overflow, type RingFault, ringBytes } from './ring-layout.ts';
export type { RingOptions } from './ring-memory.ts';
export { Segment, type SegmentOptions } from './segment.ts';
export type { SegmentHeader } from './segment-header.ts';
export { sweep } from './sweep.ts';
