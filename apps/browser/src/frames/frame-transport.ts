import type { FrameBufferReport, WhyCopied } from '@bulkhead/contracts';
import type { FrameSink, FrameSource } from '@bulkhead/shared-memory';
import type { PluginConnection } from '../plugins/plugin-process.ts';

export interface FrameLinkOptions {
  connection: PluginConnection;
  /** The plugin's name. */
  name: string;
  /** Of the largest frame. */
  maximumFrameBytes: number;
  /** The plugin did what it never may, at a moment when nobody was reading or writing. */
  onFault: (detail: string) => void;
  /** There is shared memory on this system, but none could be had: frames are copied. */
  onNoMemory: (error: unknown) => void;
}

/** How frames reach one plugin process, and how its small pictures come back: in shared memory, or copied over ports. */
export interface FrameLink {
  /** Frames that the plugin reads. */
  readonly frames: FrameSink;
  /** Pictures that it draws. */
  readonly pictures: FrameSource;
  /** Why frames are copied; null when they are in shared memory. */
  readonly copied: WhyCopied | null;
  /** Has the plugin, which is confined and loaded by now, take up its ends. Once. Rejects when it ends before. */
  begin(): Promise<void>;
  /**
   * Takes the memory of the frames. Call it once, for the first reader; write no frame before it resolves. Resolves to
   * the link that carries frames from now on. That is this one. If there is no memory, this one is closed, and it is
   * another one that copies frames and has begun.
   */
  take(): Promise<FrameLink>;
  /** Tells the plugin that there is a new frame. */
  ring(): void;
  /** Has `listener` called when there may be a new picture. Once. */
  onPicture(listener: () => void): void;
  /** Both buffers as they stand, where the memory itself does not tell of them. */
  report(): FrameBufferReport[];
  /** Gives everything back. The plugin process has ended, or is about to. */
  close(): void;
}
