import { maximumPictureBytes } from '@bulkhead/contracts';
import { Arena, FrameReader, FrameWriter } from '@bulkhead/shared-memory';
import type { FrameLink, FrameLinkOptions } from './frame-transport.ts';

/** Memory for rounding three slots up to whole pages, bytes. */
const roundingBytes = 65_536;

/**
 * The memory could not be created, or the plugin could not map it. The plugin is not confined yet, and can be given
 * ports.
 */
export class NoSharedMemory extends Error {
  override readonly name = 'NoSharedMemory';
}

function noMemory(cause: unknown): never {
  throw new NoSharedMemory(cause instanceof Error ? cause.message : String(cause), { cause });
}

/**
 * Creates memory for one plugin process and makes it map that: frames are written once there, and read in place.
 * `copyInstead` creates another link when the memory of the frames cannot be allocated later.
 */
export async function shareFrames(
  { connection, name, maximumFrameBytes }: FrameLinkOptions,
  copyInstead: (error: unknown) => Promise<FrameLink>,
): Promise<FrameLink> {
  const readOnlyBytes = 3 * maximumFrameBytes + roundingBytes;
  const readWriteBytes = 3 * maximumPictureBytes + roundingBytes;
  // Allocated later: it is the largest part, and there may never be a reader. It cannot be released after the last
  // reader, because the seal that makes it read-only for the plugin also keeps the kernel from removing pages.
  const readOnlyMemory = 'later';
  const arena = await Arena.create({ label: `plugin ${name}`, readOnlyBytes, readOnlyMemory, readWriteBytes }).catch(
    noMemory,
  );
  try {
    const frames = FrameWriter.create(arena, { label: 'active tab', maximumFrameBytes });
    const pictures = FrameReader.create(arena, { label: 'small pictures', maximumFrameBytes: maximumPictureBytes });
    await connection.call.attach(arena.descriptor()).catch(noMemory);
    // No other process may attach: the plugin has it, and a new plugin process gets memory of its own.
    arena.close();
    const close = () => {
      pictures.close();
      frames.close();
      void arena.destroy();
    };
    const link: FrameLink = {
      frames,
      pictures,
      copied: null,
      begin: async () => {
        await connection.call.lendPictures(pictures.writerDescriptor());
        await connection.call.watch(frames.readerDescriptor());
      },
      take: async () => {
        try {
          await arena.take().catch(noMemory);
          return link;
        } catch (error) {
          if (arena.destroyed) return link; // the link was closed meanwhile: that is not a lack of memory
          close();
          return copyInstead(error);
        }
      },
      ring: () => connection.push.frameReady(),
      onPicture: (listener) => connection.on.pictureReady(listener),
      report: () => [],
      close,
    };
    return link;
  } catch (error) {
    arena.destroy();
    throw error;
  }
}
