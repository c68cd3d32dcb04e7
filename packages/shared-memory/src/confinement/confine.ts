import path from 'node:path';
import { koffi, libc } from '../posix/libc.ts';
import { type AllowedCalls, plainCalls } from './allowed-calls.ts';
import { type Architecture, architecture } from './architecture.ts';
import { lessonCalls } from './denied-calls.ts';
import { type LandlockRules, landlock } from './landlock.ts';
import { type ConfinementNeed, needs } from './needs.ts';
import { dropDescriptors, openRings } from './open-descriptors.ts';
import { type Trial, tryForbidden, tryOutside } from './proof.ts';
import { encode, seccompFilter } from './seccomp-filter.ts';
import { systemCall } from './system-call.ts';
import { Threads } from './threads.ts';

/** Restrictions of this process. */
export interface Confinement {
  /** A seccomp filter is in force on every thread. */
  readonly seccomp: boolean;
  /** Number of system calls that the filter allows; 0 if it is a list of denied calls. */
  readonly allowedCalls: number;
  /** Number of system calls that the filter denies; 0 if it is a list of allowed calls. */
  readonly deniedCalls: number;
  /** Version of Landlock in force; 0 if none is. */
  readonly landlock: number;
  /** Threads under Landlock. Threads that ran before have only the filter, which lets them open no file either. */
  readonly landlockThreads: 'all' | 'this and later ones';
  /** Number of threads that ran when the process was locked down. */
  readonly threads: number;
  /** Number of descriptors that were replaced by /dev/null. */
  readonly dropped: number;
  /** Forbidden operations that it tried after the lock-down, and their results. */
  readonly trials: readonly Trial[];
  /** Missing restrictions and their reasons, as text for users; empty if none is missing. */
  readonly missing: string;
}

/** A locked-down process that has not yet tested its restrictions. */
export interface LockDown {
  /**
   * Descriptor over which another process answers the refused calls of this one (RefusedCalls). Each such call waits
   * for the answer. Undefined: the kernel answers. This process keeps the descriptor open until `prove`.
   */
  readonly listener: number | undefined;
  /** Closes the descriptor, tries forbidden operations, and returns the restrictions. Call it once. */
  readonly prove: () => Promise<Confinement>;
}

const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;
const SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
/** If a thread cannot get the filter, the call fails, because a positive result is the listener. */
const SECCOMP_FILTER_FLAG_TSYNC_ESRCH = 16;
/** Signals do not interrupt a call that the listener has taken, so each call counts once. Since Linux 5.19. */
const SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 32;
const listening =
  SECCOMP_FILTER_FLAG_TSYNC |
  SECCOMP_FILTER_FLAG_TSYNC_ESRCH |
  SECCOMP_FILTER_FLAG_NEW_LISTENER |
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;

/**
 * Locks this process down permanently. It keeps its memory, channels and threads, and nothing else. It cannot attach
 * more memory, so attach first (see Arena). Needs no privilege. Tries forbidden operations afterwards. On a kernel or
 * platform that lacks a restriction it applies the others and reports the missing ones. Never throws.
 * @param declared what the process keeps in addition
 * @param kept folders that a process with `system-calls` keeps
 */
export const confine = (declared: readonly ConfinementNeed[] = [], kept: KeptFolders = {}): Promise<Confinement> =>
  declared.includes('system-calls') ? guard(declared, kept) : lockDown(declared).prove();

/**
 * Locks this process down: the first half of `confine`; `prove` is the second.
 * @param isListenedTo another process answers and counts the refused calls, if the kernel supports it. That process
 *   must take the listener before `prove`, which makes such calls.
 * @param declared what the process keeps in addition
 * @returns `listener` for the other process, and `prove` for the second half
 */
export function lockDown(declared: readonly ConfinementNeed[] = [], isListenedTo = false): LockDown {
  if (process.platform !== 'linux') return failed(`${process.platform} has no seccomp`);
  const machine = architecture();
  if (!machine) return failed(`the system calls of ${process.arch} are not known here`);
  try {
    return restrict(machine, declared, isListenedTo);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

const failed = (missing: string): LockDown => ({ listener: undefined, prove: async () => unconfined(missing) });

function restrict(machine: Architecture, declared: readonly ConfinementNeed[], isListenedTo: boolean): LockDown {
  const prctl = koffi().load('libc.so.6').func('int prctl(int option, long a, long b, long c, long d)');
  const { addressOf, close, errno } = libc();
  const threads = new Threads();
  const { dropped, rings } = dropDescriptors(threads.descriptors);
  const network = declared.includes('network');
  const allowed = { ...plainCalls, ...(network && needs.network.calls), ...ringCalls(rings) };

  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) return failed(`no_new_privs was refused (errno ${errno()})`);
  const fileRules = landlock(systemCall, addressOf, libc(), { network });
  const listener = isListenedTo ? setFilter(machine, allowed, listening, 'asks') : -1;
  // A positive result is the number of a thread that could not get the filter.
  const result = listener >= 0 ? 0 : setFilter(machine, allowed, SECCOMP_FILTER_FLAG_TSYNC, 'refused');
  const held = threads.read();

  const prove = async (): Promise<Confinement> => {
    if (listener >= 0) close(listener);
    const trials = await tryForbidden(process.arch as 'x64' | 'arm64', network);
    const missing = [
      ...(result === 0 ? [] : [`the list of system calls was refused (${result})`]),
      ...(held.filtered === held.threads ? [] : [`${held.threads - held.filtered} threads have no filter`]),
      ...(rings.length === 0 ? [] : [openRing]),
      ...(fileRules.version > 0 ? [] : ['the kernel has no Landlock']),
      ...trials.flatMap(({ tried, thread, error }) =>
        error === null ? [`${tried} succeeds on the ${thread} thread`] : [],
      ),
    ];
    return {
      seccomp: result === 0 && held.filtered === held.threads,
      allowedCalls: countOf(allowed, machine),
      deniedCalls: 0,
      landlock: fileRules.version,
      landlockThreads: fileRules.threads,
      threads: held.threads,
      dropped,
      trials,
      missing: missing.join('; '),
    };
  };
  return { listener: listener >= 0 ? listener : undefined, prove };
}

/** Folders that a process with `system-calls` keeps. */
export interface KeptFolders {
  /** Folder of the program that runs in it: readable. */
  readonly program?: string;
  /** Folder with full access. */
  readonly own?: string;
}

/** Folders that the C library and the lessons read. They contain no files of the user. */
const systemFolders = ['/usr', '/lib', '/lib64', '/etc', '/sys', '/proc'];
const deviceFolders = ['/dev', '/proc/self'];
const sharedMemoryFolder = '/dev/shm';

/**
 * Denies a process that shows system calls everything that no lesson needs. The process can make the other calls and
 * read the system's files. It cannot reach the user's files, the network or other processes, unless it declares that
 * need.
 */
async function guard(declared: readonly ConfinementNeed[], { program, own }: KeptFolders): Promise<Confinement> {
  const machine = process.platform === 'linux' ? architecture() : undefined;
  if (!machine) return unconfined(`the system calls of ${process.platform} on ${process.arch} are not known here`);
  try {
    const prctl = koffi().load('libc.so.6').func('int prctl(int option, long a, long b, long c, long d)');
    const { addressOf, errno } = libc();
    const threads = new Threads();
    const rings = openRings();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) return unconfined(`no_new_privs was refused (errno ${errno()})`);
    const reachesPeers = declared.includes('peers');
    const rules: LandlockRules = {
      network: declared.includes('network'),
      reads: [...systemFolders, path.dirname(process.execPath), ...(program === undefined ? [] : [program])],
      devices: deviceFolders,
      owns: [sharedMemoryFolder, ...(own === undefined ? [] : [own])],
    };
    const fileRules = reachesPeers ? undefined : landlock(systemCall, addressOf, libc(), rules);
    const denied = { ...lessonCalls(declared), ...ringCalls(rings) };
    const result = setFilter(machine, denied, SECCOMP_FILTER_FLAG_TSYNC, 'allowed');
    const held = threads.read();
    const trials = await tryOutside(process.arch as 'x64' | 'arm64', fileRules?.version ?? 0);
    const missing = [
      ...(result === 0 ? [] : [`the list of system calls was refused (${result})`]),
      ...(held.filtered === held.threads ? [] : [`${held.threads - held.filtered} threads have no filter`]),
      ...(rings.length === 0 ? [] : [openRing]),
      ...(fileRules?.version === 0 ? ['the kernel has no Landlock'] : []),
      ...trials.flatMap(({ tried, thread, error }) =>
        error === null ? [`${tried} succeeds on the ${thread} thread`] : [],
      ),
    ];
    return {
      seccomp: result === 0 && held.filtered === held.threads,
      allowedCalls: 0,
      deniedCalls: countOf(denied, machine),
      landlock: fileRules?.version ?? 0,
      landlockThreads: fileRules?.threads ?? 'this and later ones',
      threads: held.threads,
      dropped: 0,
      trials,
      missing: missing.join('; '),
    };
  } catch (error) {
    return unconfined(error instanceof Error ? error.message : String(error));
  }
}

const countOf = (calls: AllowedCalls, { column }: Architecture) =>
  Object.values(calls).filter(({ numbers }) => numbers[column] !== null).length;

/** Sets the filter on every thread. Returns 0, or the descriptor of the listener; any other value is a failure. */
function setFilter(
  machine: Architecture,
  calls: AllowedCalls,
  flags: number,
  unlisted: NonNullable<Parameters<typeof seccompFilter>[3]>,
): number {
  const { addressOf } = libc();
  const filter = encode(seccompFilter(machine, calls, process.pid, unlisted));
  // struct sock_fprog { u16 length; u64 address of the filter }
  const program = new Uint8Array(16);
  const view = new DataView(program.buffer);
  view.setUint16(0, filter.byteLength / 8, true);
  view.setBigUint64(8, addressOf(filter), true);
  return systemCall(machine.seccomp, SECCOMP_SET_MODE_FILTER, flags, addressOf(program));
}

const openRing = 'an io_uring of the event loop stays open, whose operations no filter sees';

const ringCalls = (rings: readonly number[]): AllowedCalls =>
  rings.length === 0
    ? {}
    : {
        io_uring_enter: {
          numbers: [426, 426],
          why: 'the event loop enters the ring that it had made before',
          only: [[{ argument: 0, oneOf: rings }]],
        },
      };

const unconfined = (missing: string): Confinement => ({
  seccomp: false,
  allowedCalls: 0,
  deniedCalls: 0,
  landlock: 0,
  landlockThreads: 'this and later ones',
  threads: 0,
  dropped: 0,
  trials: [],
  missing,
});
