import type { SystemCall } from './system-call.ts';

// Numbers of <linux/landlock.h>; the calls have the same numbers on every architecture.
const landlock_create_ruleset = 444;
const landlock_restrict_self = 446;
const LANDLOCK_CREATE_RULESET_VERSION = 1;
/** Since version 8: binds every thread of the process, not the calling one and its descendants alone. */
const LANDLOCK_RESTRICT_SELF_TSYNC = 8;
const tsyncVersion = 8;

/** What each version of the interface can forbid; all of it is. */
export function handledAccess(version: number): { files: bigint; network: bigint; scopes: bigint } {
  const fileRights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  return {
    files: (1n << BigInt(fileRights)) - 1n,
    network: version >= 4 ? 0b11n : 0n, // TCP bind and connect
    scopes: version >= 6 ? 0b11n : 0n, // abstract Unix sockets, signals to outside
  };
}

/** What is left to a process under Landlock. */
export interface LandlockRules {
  /** TCP stays. */
  readonly network?: boolean;
}

export interface Landlock {
  /** Version of the interface; 0 where the kernel has none, or it is switched off. */
  readonly version: number;
  readonly threads: 'all' | 'this and later ones';
}

/**
 * Takes every file, TCP connection and outgoing signal that the rules do not leave: from every thread where the kernel
 * can, otherwise from the calling one and those that it starts.
 */
export function landlock(
  call: SystemCall,
  addressOf: (bytes: Uint8Array) => bigint,
  close: (fd: number) => void,
  { network: keepsNetwork = false }: LandlockRules = {},
): Landlock {
  const none: Landlock = { version: 0, threads: 'this and later ones' };
  const version = call(landlock_create_ruleset, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return none;
  const { files, network, scopes } = handledAccess(version);
  const bytes = new Uint8Array(new BigUint64Array([files, keepsNetwork ? 0n : network, scopes]).buffer);
  // Older kernels know a shorter structure, and refuse the unknown rest only where it is not zero.
  const ruleset = call(landlock_create_ruleset, addressOf(bytes), bytes.byteLength, 0);
  if (ruleset < 0) return none;
  try {
    if (version >= tsyncVersion && call(landlock_restrict_self, ruleset, LANDLOCK_RESTRICT_SELF_TSYNC) === 0) {
      return { version, threads: 'all' };
    }
    return call(landlock_restrict_self, ruleset, 0) === 0 ? { version, threads: 'this and later ones' } : none;
  } finally {
    close(ruleset);
  }
}
