export { Arena, type ArenaOptions, type PeerAccess, type Place } from './arena.ts';
export type { Backend } from './backing.ts';
export { BoundedBuffer, type BoundedBufferOptions, type Consumed } from './bounded-buffer.ts';
export { type BufferReport, buffers } from './buffer-registry.ts';
export { type Capabilities, capabilities } from './capabilities.ts';
export { CellReader } from './cell-reader.ts';
export { CellWriter } from './cell-writer.ts';
export { closeOnExec } from './close-on-exec.ts';
export { copyPixels } from './copy-pixels.ts';
export * from './descriptors.ts';
export { ElementReader } from './element-reader.ts';
export { ElementWriter, type WriteElements } from './element-writer.ts';
export * from './errors.ts';
export type { FrameBufferOptions } from './frame-buffer.ts';
export type { FrameInfo } from './frame-info.ts';
export {
  bytesPerPixel,
  type FrameFault,
  frameWord,
  frameWords,
  monotonicUs,
  type PixelFormat,
  pixelFormats,
  type Rectangle,
  readerWord,
  slotCount,
  stateWord,
  writerWord,
} from './frame-layout.ts';
export type { FrameSink, FrameSource } from './frame-path.ts';
export { type Frame, FrameReader, type Latest } from './frame-reader.ts';
export { FrameWriter, type Loan, type PublishResult } from './frame-writer.ts';
export { type FramePort, PortFrameReader, PortFrameWriter } from './port-frames.ts';
export { RecordReader, type Taken } from './record-reader.ts';
export { type Claim, RecordWriter } from './record-writer.ts';
export { Region } from './region.ts';
export { type SegmentReport, segments } from './registry.ts';
export { type Elements, type ElementType, type Overflow, type RingFault, ringBytes } from './ring-layout.ts';
export type { RingOptions } from './ring-memory.ts';
export { mutexBytes, RobustMutex } from './robust-mutex.ts';
export { Segment, type SegmentOptions } from './segment.ts';
export type { SegmentHeader } from './segment-header.ts';
export { NamedSemaphore } from './semaphore.ts';
export { sweep } from './sweep.ts';
export {
  type UnboundedBufferOptions,
  type UnboundedConsumed,
  UnboundedConsumer,
  UnboundedProducer,
} from './unbounded-buffer.ts';
export {
  allocateSignal,
  type BellPort,
  doorbellSleeper,
  futexSleeper,
  Signal,
  type Sleeper,
  signalBytes,
  type WaitOptions,
} from './waiting.ts';
