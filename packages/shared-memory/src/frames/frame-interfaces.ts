import type { FrameReader } from './frame-reader.ts';
import type { FrameWriter } from './frame-writer.ts';

/** Accepts frames: a FrameWriter in shared memory, or a PortFrameWriter where there is no shared memory. */
export type FrameSink = Pick<
  FrameWriter,
  'label' | 'maximumFrameBytes' | 'sequence' | 'last' | 'borrow' | 'publish' | 'write' | 'fault' | 'close'
>;

/** Supplies frames: a FrameReader or a PortFrameReader. */
export type FrameSource = Pick<FrameReader, 'label' | 'latest' | 'counts' | 'fault' | 'close'>;
