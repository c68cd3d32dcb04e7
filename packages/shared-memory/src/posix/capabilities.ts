import { libc } from './libc.ts';

/** Tells whether this platform has shared memory, so that the app can tell the user. */
export type Capabilities =
  | {
      readonly sharedMemory: true;
      /** Frames are written once and read in place. */
      readonly copies: false;
    }
  | {
      readonly sharedMemory: false;
      /** Frames go over ports (PortFrameWriter, PortFrameReader): each frame is copied at least twice. */
      readonly copies: true;
      /** `platform`: this is not Linux. `library`: this is Linux, but its C library cannot be called. */
      readonly cause: 'platform' | 'library';
      /** Why there is no shared memory, for logs. */
      readonly reason: string;
    };

let known: Capabilities | undefined;

/** @returns the capabilities of this platform. Never throws. The first call loads the C library. */
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
