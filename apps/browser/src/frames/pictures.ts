import { EventEmitter } from 'node:events';
import { type FramePicture, maximumPictureEdge } from '@bulkhead/contracts';
import type { Frame, FrameSource } from '@bulkhead/shared-memory';
import type { PluginConnection } from '../plugins/plugin-process.ts';
import type { FrameLink } from './frame-transport.ts';

interface PicturesEvents {
  /** Null when the process that drew the small frames has ended: its last one belongs to no frame any more. */
  picture: [FramePicture | null];
  /** The plugin wrote or sent something that is not a small frame. */
  fault: [string];
}

const picturesPerSecond = 15;

/**
 * Small frames of the watched frames, drawn by the plugin's process and read here: the frame path in the other
 * direction. The plugin draws only while there are watchers. Watching outlives any number of plugin processes.
 */
export class Pictures extends EventEmitter<PicturesEvents> {
  readonly #read: (perSecond: number) => () => void;
  #watchers = 0;
  #connection: PluginConnection | undefined;
  #link: FrameLink | undefined;

  /** `read` captures frames, at most so many per second, until the returned function is called. */
  constructor(read: (perSecond: number) => () => void) {
    super();
    this.#read = read;
  }

  /** A plugin process draws its small frames over this link from now on. */
  attach(connection: PluginConnection, link: FrameLink): void {
    this.#connection = connection;
    this.#link = link;
    link.onPicture(() => {
      if (this.#link === link) this.#take(link.pictures, connection.peer.pid ?? null);
    });
    this.#tell();
  }

  detach(): void {
    if (!this.#connection) return;
    this.#connection = undefined;
    this.#link = undefined;
    this.emit('picture', null);
  }

  /** Calls `listener` with small frames until the returned function is called. */
  watch(listener: (picture: FramePicture | null) => void): () => void {
    this.on('picture', listener);
    const stop = this.#read(picturesPerSecond);
    this.#watchers += 1;
    this.#tell();
    return () => {
      stop();
      this.off('picture', listener);
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#tell();
    };
  }

  #tell(): void {
    this.#connection?.push.wantPictures(this.#watchers > 0);
  }

  #take(reader: FrameSource, pid: number | null): void {
    // Also without watchers: over a port the plugin draws no further one before this one is taken.
    const latest = reader.latest();
    if (latest.state === 'corrupt') this.emit('fault', latest.fault.detail);
    if (latest.state !== 'new') return;
    const picture = copyOf(latest.frame, pid);
    if (picture) this.emit('picture', picture);
    else this.emit('fault', 'a frame that is not a small frame');
  }
}

/** Returns undefined for other frames: the plugin can write any frame. */
function copyOf(frame: Frame, pid: number | null): FramePicture | undefined {
  const { sequence, width, height, format, strideBytes, pixels } = frame;
  const fits = width <= maximumPictureEdge && height <= maximumPictureEdge;
  if (!fits || format !== 'rgba8' || strideBytes !== width * 4) return undefined;
  // A copy, because shared memory cannot be posted, and the plugin reuses the slot.
  return { pid, sequence, width, height, pixels: new Uint8Array(pixels) };
}
