import { EventEmitter } from 'node:events';
import { type FramePicture, maximumPictureEdge } from '@bulkhead/contracts';
import type { Frame, FrameReader } from '@bulkhead/shared-memory';
import type { PluginConnection } from './plugin-process.ts';

/** Bytes of the largest picture. */
export const maximumPictureBytes = maximumPictureEdge ** 2 * 4;

interface PicturesEvents {
  /** Null when the process that drew them has gone: what it drew last is of no frame any more. */
  picture: [FramePicture | null];
  /** The plugin wrote into its buffer what no picture is. */
  fault: [string];
}

/**
 * Small pictures of the watched frames, drawn by the plugin's process into shared memory and read here: the frame path
 * in the other direction. The plugin draws only while somebody watches. Watching outlives any number of its processes.
 */
export class Pictures extends EventEmitter<PicturesEvents> {
  #watchers = 0;
  #source: { connection: PluginConnection; reader: FrameReader } | undefined;

  /** A plugin process writes into the buffer of `reader` from now on. */
  attach(connection: PluginConnection, reader: FrameReader): void {
    const source = { connection, reader };
    this.#source = source;
    connection.on.pictureReady(() => {
      if (this.#source === source && this.#watchers > 0) this.#take(reader);
    });
    this.#tell();
  }

  detach(): void {
    if (!this.#source) return;
    this.#source.reader.close();
    this.#source = undefined;
    this.emit('picture', null);
  }

  /** Has pictures come until the function that it returns is called. */
  watch(listener: (picture: FramePicture | null) => void): () => void {
    this.on('picture', listener);
    this.#watchers += 1;
    this.#tell();
    return () => {
      this.off('picture', listener);
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#tell();
    };
  }

  #tell(): void {
    this.#source?.connection.push.wantPictures(this.#watchers > 0);
  }

  #take(reader: FrameReader): void {
    const latest = reader.latest();
    if (latest.state === 'corrupt') this.emit('fault', latest.fault.detail);
    if (latest.state !== 'new') return;
    const picture = copyOf(latest.frame);
    if (picture) this.emit('picture', picture);
    else this.emit('fault', 'a frame that is no small picture');
  }
}

/** Undefined for what is no such picture: the plugin can write anything that a frame may be. */
function copyOf({ sequence, width, height, format, strideBytes, pixels }: Frame): FramePicture | undefined {
  const fits = width <= maximumPictureEdge && height <= maximumPictureEdge;
  if (!fits || format !== 'rgba8' || strideBytes !== width * 4) return undefined;
  // A copy of its own: shared memory cannot be posted, and the slot is the plugin's again after the next one.
  return { sequence, width, height, pixels: new Uint8Array(pixels) };
}
