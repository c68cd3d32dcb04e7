export { copyPixels } from './frames/copy-pixels.ts';
export type { FrameBufferOptions } from './frames/frame-buffer.ts';
export type { FrameInfo } from './frames/frame-info.ts';
export type { FrameSink, FrameSource } from './frames/frame-interfaces.ts';
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
} from './frames/frame-layout.ts';
export { type Frame, FrameReader, type Latest } from './frames/frame-reader.ts';
export { FrameWriter, type Loan, type PublishResult } from './frames/frame-writer.ts';
export { type FramePort, PortFrameReader, PortFrameWriter } from './frames/port-frames.ts';
export { type Capabilities, capabilities } from './posix/capabilities.ts';
export { closeOnExec } from './posix/close-on-exec.ts';
export * from './posix/errors.ts';
export { BoundedBuffer, type BoundedBufferOptions, type Consumed } from './rings/bounded-buffer.ts';
export { CellReader } from './rings/cell-reader.ts';
export { CellWriter } from './rings/cell-writer.ts';
export { ElementReader } from './rings/element-reader.ts';
export { ElementWriter, type WriteElements } from './rings/element-writer.ts';
export { RecordReader, type Taken } from './rings/record-reader.ts';
export { type Claim, RecordWriter } from './rings/record-writer.ts';
export { type Elements, type ElementType, type Overflow, type RingFault, ringBytes } from './rings/ring-layout.ts';
export type { RingOptions } from './rings/ring-memory.ts';
export {
  type UnboundedBufferOptions,
  type UnboundedConsumed,
  UnboundedConsumer,
  UnboundedProducer,
} from './rings/unbounded-buffer.ts';
export { Arena, type ArenaOptions, type PeerAccess, type Place } from './segment/arena.ts';
export type { Backend } from './segment/backing.ts';
export { type BufferReport, buffers } from './segment/buffer-registry.ts';
export * from './segment/descriptors.ts';
export { Region } from './segment/region.ts';
export { type SegmentReport, segments } from './segment/registry.ts';
export { Segment, type SegmentOptions } from './segment/segment.ts';
export type { SegmentHeader } from './segment/segment-header.ts';
export { sweep } from './segment/sweep.ts';
export { mutexBytes, RobustMutex } from './waiting/robust-mutex.ts';
export { NamedSemaphore } from './waiting/semaphore.ts';
export {
  allocateSignal,
  type BellPort,
  doorbellSleeper,
  futexSleeper,
  Signal,
  type Sleeper,
  signalBytes,
  type WaitOptions,
} from './waiting/waiting.ts';
