import { libc } from './libc.ts';

/** What this platform gives, to be said to people plainly rather than guessed from the speed. */
export type Capabilities =
  | {
      readonly sharedMemory: true;
      /** Frames are written once and read in place. */
      readonly copies: false;
    }
  | {
      readonly sharedMemory: false;
      /** Frames go over ports (PortFrameWriter, PortFrameReader): each is copied at least twice on its way. */
      readonly copies: true;
      /** `platform`: only Linux has what it takes. `library`: this is Linux, and its C library cannot be called. */
      readonly cause: 'platform' | 'library';
      /** Why there is no shared memory, for logs. */
      readonly reason: string;
    };

let known: Capabilities | undefined;

/** Never throws. Loads the C library at its first call. */
export function capabilities(): Capabilities {
  known ??= probe();
  return known;
}

function probe(): Capabilities {
  try {
    libc();
    return { sharedMemory: true, copies: false };
  } catch (error) {
    const cause = process.platform === 'linux' ? 'library' : 'platform';
    return { sharedMemory: false, copies: true, cause, reason: error instanceof Error ? error.message : String(error) };
  }
}
