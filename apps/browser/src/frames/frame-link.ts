import type { WhyCopied } from '@bulkhead/contracts';
import type { Capabilities } from '@bulkhead/shared-memory';
import type { FrameLink, FrameLinkOptions } from './frame-transport.ts';

/**
 * Creates the best possible link for a plugin process that is not confined yet, and lets it attach what it can attach
 * only now. Rejects when the process ends before, and leaves nothing behind.
 */
export async function linkFrames(options: FrameLinkOptions): Promise<FrameLink> {
  // Loaded on first use: it loads the FFI library, and the first page must not wait for that.
  const { capabilities } = await import('@bulkhead/shared-memory');
  const here = capabilities();
  const { carryFrames } = await import('./port-frame-link.ts');
  if (!here.sharedMemory) return carryFrames(options, whyCopied(here));
  const { shareFrames, NoSharedMemory } = await import('./shared-frame-link.ts');
  const copyInstead = (error: unknown) => {
    if (!(error instanceof NoSharedMemory) || options.connection.ended) throw error;
    options.onNoMemory(error.cause);
    return carryFrames(options, { cause: 'memory', error: error.message.slice(0, 500) });
  };
  return shareFrames(options, async (error) => {
    const link = copyInstead(error);
    await link.begin();
    return link;
  }).catch(copyInstead);
}

/** Returns null when there is shared memory and nothing is copied. */
export function whyCopied(here: Capabilities, platform: NodeJS.Platform = process.platform): WhyCopied | null {
  if (here.sharedMemory) return null;
  if (here.cause === 'platform') return { cause: 'platform', platform };
  return { cause: 'library', error: here.reason.slice(0, 500) };
}
