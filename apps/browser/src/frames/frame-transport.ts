import type { FrameBufferReport, WhyCopied } from '@bulkhead/contracts';
import type { FrameSink, FrameSource } from '@bulkhead/shared-memory';
import type { PluginConnection } from '../plugins/plugin-process.ts';

export interface FrameLinkOptions {
  connection: PluginConnection;
  /** The plugin's name. */
  name: string;
  /** Size of the largest frame. */
  maximumFrameBytes: number;
  /** The plugin broke the rules of the buffers, outside of a read or write. */
  onFault: (detail: string) => void;
  /** This system has shared memory, but none could be allocated: frames are copied. */
  onNoMemory: (error: unknown) => void;
}

/** Carries frames to one plugin process, and its small frames back: in shared memory, or copied over ports. */
export interface FrameLink {
  /** Frames for the plugin to read. */
  readonly frames: FrameSink;
  /** Small frames that the plugin draws. */
  readonly pictures: FrameSource;
  /** Why frames are copied. Null when they are in shared memory. */
  readonly copied: WhyCopied | null;
  /**
   * Makes the plugin, which is confined and loaded by now, open its ends. Call it once. Rejects when the plugin ends
   * before.
   */
  begin(): Promise<void>;
  /**
   * Allocates the memory of the frames. Call it once, for the first reader, and write no frame before it resolves.
   * Resolves to the link that carries frames from now on: this one or, when there is no memory, another one that copies
   * frames and has begun. This one is then closed.
   */
  take(): Promise<FrameLink>;
  /** Tells the plugin that there is a new frame. */
  ring(): void;
  /** Calls `listener` when there may be a new small frame. Call it once. */
  onPicture(listener: () => void): void;
  /** Returns the state of both buffers, if they are not in shared memory, which reports itself. */
  report(): FrameBufferReport[];
  /** Releases everything. The plugin process has ended, or is about to. */
  close(): void;
}
