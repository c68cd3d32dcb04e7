import path from 'node:path';
import { koffi, libc } from '../libc.ts';
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

/** What holds this process now. */
export interface Confinement {
  /** A list of allowed system calls is in force on every thread. */
  readonly seccomp: boolean;
  /** How many system calls that list has; 0 where it is one of denied calls. */
  readonly allowedCalls: number;
  /** How many that one has; 0 where there is none. */
  readonly deniedCalls: number;
  /** Version of Landlock in force; 0 for none. */
  readonly landlock: number;
  /** Threads that Landlock holds; those that ran before have the list of system calls alone, which opens no file either. */
  readonly landlockThreads: 'all' | 'this and later ones';
  /** Threads that ran when it was locked down, each with the filter. */
  readonly threads: number;
  /** Descriptors that were taken from it. */
  readonly dropped: number;
  /** What it tried afterwards, and must not be able to. */
  readonly trials: readonly Trial[];
  /** Why something is missing, for people; empty when nothing is. */
  readonly missing: string;
}

/** A process that is locked down, and has not tried yet whether it holds. */
export interface LockDown {
  /**
   * Descriptor of this process over which another one answers its refused calls (RefusedCalls): each of them waits until
   * then. Undefined: the kernel answers them. It is this process's own until `prove`.
   */
  readonly listener: number | undefined;
  /** Gives the descriptor away, tries what is forbidden, and says what holds this process. Once. */
  readonly prove: () => Promise<Confinement>;
}

const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;
const SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
/** A thread that cannot be brought under the filter is an error, since a positive answer is the listener. */
const SECCOMP_FILTER_FLAG_TSYNC_ESRCH = 16;
/** A call that has been taken is answered, whatever signals come meanwhile: each counts once. Since Linux 5.19. */
const SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 32;
const listening =
  SECCOMP_FILTER_FLAG_TSYNC |
  SECCOMP_FILTER_FLAG_TSYNC_ESRCH |
  SECCOMP_FILTER_FLAG_NEW_LISTENER |
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;

/**
 * Locks this process down, for good: it keeps memory, its channels and its own threads, and nothing else. It can attach no
 * further memory, so attach first (see Arena). Needs no privilege. Tries afterwards what is forbidden. On a kernel or
 * platform without the means it does what it can and says what is missing; it never throws.
 * @param declared what it is to keep beside that
 * @param kept the folders that stay, where it keeps any
 */
export const confine = (declared: readonly ConfinementNeed[] = [], kept: KeptFolders = {}): Promise<Confinement> =>
  declared.includes('system-calls') ? guard(declared, kept) : lockDown(declared).prove();

/**
 * The first half of `confine`.
 * @param isListenedTo another process answers the calls that are refused, and counts them, where the kernel can do that.
 *   It has to take the listener now: the second half makes such calls.
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
  // A positive answer is the number of a thread that could not be brought under the filter.
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

/** What a process keeps that makes system calls. */
export interface KeptFolders {
  /** Of the program that runs in it: to read. */
  readonly program?: string;
  /** To do in as it likes. */
  readonly own?: string;
}

/** What the C library and the lessons read. Nothing of the user's is among it. */
const systemFolders = ['/usr', '/lib', '/lib64', '/etc', '/sys', '/proc'];
const deviceFolders = ['/dev', '/proc/self'];
const sharedMemoryFolder = '/dev/shm';

/**
 * Takes from a process that shows system calls what no lesson needs. It goes on making calls, and reads the system's
 * files; the user's, the network and other processes are out of its reach, as far as it does not declare to need them.
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

/** Puts a filter on every thread: 0 or, with a listener, its descriptor; anything else is why it could not be done. */
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
