import { maximumPictureBytes } from '@bulkhead/contracts';
import { Arena, FrameReader, FrameWriter } from '@bulkhead/shared-memory';
import type { FrameLink, FrameLinkOptions } from './frame-transport.ts';

/** Memory that three slots' rounding to whole pages may take, bytes. */
const roundingBytes = 65_536;

/** The memory could not be made, or the plugin could not map it: it is not locked down yet, and can be given ports. */
export class NoSharedMemory extends Error {
  override readonly name = 'NoSharedMemory';
}

function noMemory(cause: unknown): never {
  throw new NoSharedMemory(cause instanceof Error ? cause.message : String(cause), { cause });
}

/**
 * Makes memory for one plugin process and has it mapped: frames are written once there, and read in place. `copyInstead`
 * makes another link when the memory of the frames is not to be had later.
 */
export async function shareFrames(
  { connection, name, maximumFrameBytes }: FrameLinkOptions,
  copyInstead: (error: unknown) => Promise<FrameLink>,
): Promise<FrameLink> {
  const readOnlyBytes = 3 * maximumFrameBytes + roundingBytes;
  const readWriteBytes = 3 * maximumPictureBytes + roundingBytes;
  // Most of all memory here, and there may never be a reader. It cannot be given back when the last one goes: the seal by
  // which the plugin may only read it keeps the kernel from taking pages out of it, too.
  const readOnlyMemory = 'later';
  const arena = await Arena.create({ label: `plugin ${name}`, readOnlyBytes, readOnlyMemory, readWriteBytes }).catch(
    noMemory,
  );
  try {
    const frames = FrameWriter.create(arena, { label: 'active tab', maximumFrameBytes });
    const pictures = FrameReader.create(arena, { label: 'small pictures', maximumFrameBytes: maximumPictureBytes });
    await connection.call.attach(arena.descriptor()).catch(noMemory);
    // Nobody else shall attach: the plugin has it, and a new plugin process gets memory of its own.
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
          if (arena.destroyed) return link; // somebody closed the link meanwhile: that is no lack of memory
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
