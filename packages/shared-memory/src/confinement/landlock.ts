import type { Libc } from '../posix/libc.ts';
import type { SystemCall } from './system-call.ts';

// Constants of <linux/landlock.h>. The calls have the same numbers on every architecture.
const landlock_create_ruleset = 444;
const landlock_add_rule = 445;
const landlock_restrict_self = 446;
const LANDLOCK_CREATE_RULESET_VERSION = 1;
/** Since version 8: restricts every thread of the process, not only the calling thread and its descendants. */
const LANDLOCK_RESTRICT_SELF_TSYNC = 8;
const tsyncVersion = 8;
const LANDLOCK_RULE_PATH_BENEATH = 1;
/** EXECUTE, READ_FILE, READ_DIR. */
const reading = 0b1101n;
/** WRITE_FILE, and TRUNCATE and IOCTL_DEV if the version has them. */
const writingDevices = 0b10n | (1n << 14n) | (1n << 15n);
const O_PATH_CLOEXEC = 0x28_0000;

/** Returns everything that a version of Landlock can forbid. This process forbids all of it. */
export function handledAccess(version: number): { files: bigint; network: bigint; scopes: bigint } {
  const fileRights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  return {
    files: (1n << BigInt(fileRights)) - 1n,
    network: version >= 4 ? 0b11n : 0n, // TCP bind and connect
    scopes: version >= 6 ? 0b11n : 0n, // abstract Unix sockets, signals to outside
  };
}

/** Access that a process keeps under Landlock. */
export interface LandlockRules {
  /** It keeps TCP. */
  readonly network?: boolean;
  /**
   * Folders that it may read and execute in, folders of devices that it may also write to, and folders with full
   * access.
   */
  readonly reads?: readonly string[];
  readonly devices?: readonly string[];
  readonly owns?: readonly string[];
}

export interface Landlock {
  /** Version of Landlock; 0 if the kernel does not have it or has it disabled. */
  readonly version: number;
  readonly threads: 'all' | 'this and later ones';
}

/**
 * Forbids every file, TCP connection and outgoing signal that the rules do not keep. It restricts every thread if the
 * kernel can, otherwise the calling thread and the threads that it starts.
 */
export function landlock(
  call: SystemCall,
  addressOf: (bytes: Uint8Array) => bigint,
  { open, close }: Pick<Libc, 'open' | 'close'>,
  { network: keepsNetwork = false, reads = [], devices = [], owns = [] }: LandlockRules = {},
): Landlock {
  const none: Landlock = { version: 0, threads: 'this and later ones' };
  const version = call(landlock_create_ruleset, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return none;
  const { files, network, scopes } = handledAccess(version);
  const bytes = new Uint8Array(new BigUint64Array([files, keepsNetwork ? 0n : network, scopes]).buffer);
  // Older kernels have a shorter structure, and refuse the unknown rest only if it is not zero.
  const ruleset = call(landlock_create_ruleset, addressOf(bytes), bytes.byteLength, 0);
  if (ruleset < 0) return none;
  const allow = (folder: string, rights: bigint) => {
    const fd = open(folder, O_PATH_CLOEXEC);
    if (fd < 0) return; // there is no such folder
    // struct landlock_path_beneath_attr { u64 rights; i32 fd }, without padding
    const rule = new Uint8Array(12);
    const view = new DataView(rule.buffer);
    view.setBigUint64(0, rights & files, true);
    view.setInt32(8, fd, true);
    call(landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, addressOf(rule), 0);
    close(fd);
  };
  try {
    for (const folder of reads) allow(folder, reading);
    for (const folder of devices) allow(folder, reading | writingDevices);
    for (const folder of owns) allow(folder, files);
    if (version >= tsyncVersion && call(landlock_restrict_self, ruleset, LANDLOCK_RESTRICT_SELF_TSYNC) === 0) {
      return { version, threads: 'all' };
    }
    return call(landlock_restrict_self, ruleset, 0) === 0 ? { version, threads: 'this and later ones' } : none;
  } finally {
    close(ruleset);
  }
}
