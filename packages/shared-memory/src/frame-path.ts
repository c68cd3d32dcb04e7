import type { FrameReader } from './frame-reader.ts';
import type { FrameWriter } from './frame-writer.ts';

/** Where frames go, whatever carries them: a FrameWriter in shared memory, or a PortFrameWriter where there is none. */
export type FrameSink = Pick<
  FrameWriter,
  'label' | 'maximumFrameBytes' | 'sequence' | 'last' | 'borrow' | 'publish' | 'write' | 'fault' | 'close'
>;

/** Where frames come from: a FrameReader or a PortFrameReader. */
export type FrameSource = Pick<FrameReader, 'label' | 'latest' | 'counts' | 'fault' | 'close'>;
