import { koffi, libc } from '../libc.ts';
import { type AllowedCalls, plainCalls } from './allowed-calls.ts';
import { type Architecture, architecture } from './architecture.ts';
import { type LandlockRules, landlock } from './landlock.ts';
import { type ConfinementNeed, needs } from './needs.ts';
import { dropDescriptors } from './open-descriptors.ts';
import { type Trial, tryForbidden } from './proof.ts';
import { encode, seccompFilter } from './seccomp-filter.ts';
import { systemCall } from './system-call.ts';
import { Threads } from './threads.ts';

/** What holds this process now. */
export interface Confinement {
  /** A list of allowed system calls is in force on every thread. */
  readonly seccomp: boolean;
  /** How many system calls that list has. */
  readonly allowedCalls: number;
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
 */
export const confine = (declared: readonly ConfinementNeed[] = []): Promise<Confinement> => lockDown(declared).prove();

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
  const calls = Object.assign({}, ...declared.map((need) => needs[need].calls)) as AllowedCalls;
  const rules: LandlockRules = Object.assign({}, ...declared.map((need) => needs[need].landlock));
  const allowed = { ...plainCalls, ...calls, ...ringCalls(rings) };
  const setFilter = (flags: number, asks: boolean): number => {
    const filter = encode(seccompFilter(machine, allowed, process.pid, asks));
    // struct sock_fprog { u16 length; u64 address of the filter }
    const program = new Uint8Array(16);
    const view = new DataView(program.buffer);
    view.setUint16(0, filter.byteLength / 8, true);
    view.setBigUint64(8, addressOf(filter), true);
    return systemCall(machine.seccomp, SECCOMP_SET_MODE_FILTER, flags, addressOf(program));
  };

  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) return failed(`no_new_privs was refused (errno ${errno()})`);
  const fileRules = landlock(systemCall, addressOf, close, rules);
  const listener = isListenedTo ? setFilter(listening, true) : -1;
  // A positive answer is the number of a thread that could not be brought under the filter.
  const result = listener >= 0 ? 0 : setFilter(SECCOMP_FILTER_FLAG_TSYNC, false);
  const held = threads.read();

  const prove = async (): Promise<Confinement> => {
    if (listener >= 0) close(listener);
    const trials = await tryForbidden(process.arch as 'x64' | 'arm64', declared.includes('network'));
    const missing = [
      ...(result === 0 ? [] : [`the list of system calls was refused (${result})`]),
      ...(held.filtered === held.threads ? [] : [`${held.threads - held.filtered} threads have no filter`]),
      ...(rings.length === 0 ? [] : ['an io_uring of the event loop stays open, whose operations no filter sees']),
      ...(fileRules.version > 0 ? [] : ['the kernel has no Landlock']),
      ...trials.flatMap(({ tried, thread, error }) =>
        error === null ? [`${tried} succeeds on the ${thread} thread`] : [],
      ),
    ];
    return {
      seccomp: result === 0 && held.filtered === held.threads,
      allowedCalls: Object.values(allowed).filter(({ numbers }) => numbers[machine.column] !== null).length,
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
  landlock: 0,
  landlockThreads: 'this and later ones',
  threads: 0,
  dropped: 0,
  trials: [],
  missing,
});
