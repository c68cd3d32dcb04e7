import { koffi, libc } from '../libc.ts';
import { forbidFiles, type SystemCall } from './landlock.ts';
import { encode, seccompFilter } from './seccomp-filter.ts';
import { architecture } from './system-calls.ts';

/** What holds this process now. */
export interface Confinement {
  /** A filter on system calls, on every thread: no new process, socket, file or signal to another process. */
  readonly seccomp: boolean;
  /** Version of Landlock in force on this thread and those it starts; 0 for none. */
  readonly landlock: number;
  /** Why something is missing, for people; empty when nothing is. */
  readonly missing: string;
}

const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;

/**
 * Locks this process down, for good: no files, no network, no other process, no signal to one. Ports and memory that
 * it has stay; it can attach no further memory, so attach first (see Arena). Needs no privilege. On a kernel or
 * platform without the means it does what it can and says what is missing; it never throws.
 */
export function confine(): Confinement {
  if (process.platform !== 'linux') return unconfined(`${process.platform} has no seccomp`);
  const machine = architecture();
  if (!machine) return unconfined(`the system calls of ${process.arch} are not known here`);
  try {
    const library = koffi().load('libc.so.6');
    const prctl = library.func('int prctl(int option, long a, long b, long c, long d)');
    const rawSystemCall = library.func('long syscall(long number, int64_t a, int64_t b, int64_t c, int64_t d)');
    const { addressOf, close, errno } = libc();
    const call: SystemCall = (number, ...[a = 0, b = 0, c = 0, d = 0]) => {
      const result = Number(rawSystemCall(number, a, b, c, d));
      return result === -1 ? -errno() : result;
    };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) return unconfined(`no_new_privs was refused (errno ${errno()})`);
    const landlock = forbidFiles(call, addressOf, close);

    const filter = encode(seccompFilter(machine));
    // struct sock_fprog { u16 length; u64 address of the filter }
    const program = new Uint8Array(16);
    const view = new DataView(program.buffer);
    view.setUint16(0, filter.byteLength / 8, true);
    view.setBigUint64(8, addressOf(filter), true);
    const result = call(machine.seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, addressOf(program));
    const missing = [
      ...(result === 0 ? [] : [`the seccomp filter was refused (errno ${-result})`]),
      ...(landlock > 0 ? [] : ['the kernel has no Landlock']),
    ];
    return { seccomp: result === 0, landlock, missing: missing.join('; ') };
  } catch (error) {
    return unconfined(error instanceof Error ? error.message : String(error));
  }
}

const unconfined = (missing: string): Confinement => ({ seccomp: false, landlock: 0, missing });
