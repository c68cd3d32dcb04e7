// Numbers of <linux/landlock.h>; the calls have the same numbers on every architecture.
const landlock_create_ruleset = 444;
const landlock_restrict_self = 446;
const LANDLOCK_CREATE_RULESET_VERSION = 1;

/** `syscall(2)`, with every argument as a 64-bit integer: the result, or minus the errno. */
export type SystemCall = (number: number, ...args: (number | bigint)[]) => number;

/** What each version of the interface can forbid; all of it is. */
export function handledAccess(version: number): { files: bigint; network: bigint; scopes: bigint } {
  const fileRights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  return {
    files: (1n << BigInt(fileRights)) - 1n,
    network: version >= 4 ? 0b11n : 0n, // TCP bind and connect
    scopes: version >= 6 ? 0b11n : 0n, // abstract Unix sockets, signals to outside
  };
}

/**
 * Takes every file, TCP connection and outgoing signal from the calling thread and from every thread that it starts.
 * Returns the version of the interface that the kernel has; 0 where it has none, or it is switched off.
 */
export function forbidFiles(
  call: SystemCall,
  addressOf: (bytes: Uint8Array) => bigint,
  close: (fd: number) => void,
): number {
  const version = call(landlock_create_ruleset, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return 0;
  const { files, network, scopes } = handledAccess(version);
  const attributes = new BigUint64Array([files, network, scopes]);
  const bytes = new Uint8Array(attributes.buffer);
  // Older kernels know a shorter structure, and refuse the unknown rest only where it is not zero.
  const ruleset = call(landlock_create_ruleset, addressOf(bytes), bytes.byteLength, 0);
  if (ruleset < 0) return 0;
  const result = call(landlock_restrict_self, ruleset, 0);
  close(ruleset);
  return result === 0 ? version : 0;
}
