import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import type { Progress } from './progress.ts';

/** Longest time without data, after which the download is cancelled. */
const STALL_MS = 60_000;

/**
 * Passes a download on, shows its progress, and cancels it if it stalls.
 * @param seen called with every chunk, for checksums
 */
export async function* watchTransfer(
  body: AsyncIterable<Uint8Array>,
  total: number | undefined,
  progress: Progress,
  seen: (chunk: Uint8Array) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  let done = 0;
  try {
    for (;;) {
      const next = await withDeadline(chunks.next()).catch(brokenOff);
      if (next.done) return;
      done += next.value.byteLength;
      seen(next.value);
      progress.bytes(done, total);
      yield next.value;
    }
  } finally {
    progress.end();
    // Not awaited, because a stalled download does not end.
    void chunks.return?.();
  }
}

function brokenOff(error: unknown): never {
  if (error instanceof SetupFailure) throw error;
  const reason = systemErrorCode(error) ?? (error instanceof Error ? error.message : String(error));
  const what = `The download broke off (${reason}).`;
  throw new SetupFailure(what, 'check the network and run the command again.', { cause: error });
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new SetupFailure(
          `The download has stood still for ${STALL_MS / 1000} s.`,
          'check the network and run the command again.',
        ),
      );
    }, STALL_MS);
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
