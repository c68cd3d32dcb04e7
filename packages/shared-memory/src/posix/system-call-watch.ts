/**
 * Watches the system calls of another process's main thread, like strace: the kernel stops the thread at each call.
 * Only for the lessons. The watched process's calls become several times slower; its other code keeps its speed.
 */
import type { KoffiFunc } from 'koffi';
import { type Address, koffi, libc } from './libc.ts';
import { posixError } from './posix.ts';

const PTRACE_SYSCALL = 24;
const PTRACE_SEIZE = 0x4206;
const PTRACE_INTERRUPT = 0x4207;
const PTRACE_DETACH = 17;
const PTRACE_GET_SYSCALL_INFO = 0x420e;
const PTRACE_O_TRACESYSGOOD = 1;
const PTRACE_SYSCALL_INFO_ENTRY = 1;
const PTRACE_EVENT_STOP = 128;
/** __WALL: waitpid waits for threads of any kind. */
const WALL = 0x4000_0000;
const SIGTRAP = 5;
const PR_SET_PTRACER = 0x5961_6d61;
/**
 * Size of struct ptrace_syscall_info. Its first byte is the kind of stop; its fourth 64-bit word is the call's number.
 */
const infoBytes = 88;
const numberWord = 3;

interface Calls {
  readonly ptrace: KoffiFunc<(request: number, pid: number, address: Address, data: Address) => number>;
  readonly waitpid: KoffiFunc<(pid: number, status: Address, options: number) => number>;
  readonly prctl: KoffiFunc<(option: number, argument: number, b: number, c: number, d: number) => number>;
}

let bound: Calls | undefined;

function calls(): Calls {
  if (bound) return bound;
  const library = koffi().load('libc.so.6');
  const declare = (prototype: string): never => library.func(prototype) as never;
  bound = {
    ptrace: declare('int64_t ptrace(int64_t request, int pid, intptr_t address, intptr_t data)'),
    waitpid: declare('int waitpid(int pid, intptr_t status, int options)'),
    prctl: declare('int prctl(int option, uint64_t argument, uint64_t b, uint64_t c, uint64_t d)'),
  };
  return bound;
}

/**
 * Allows a process of the same user to watch this one, on systems that allow it only to parents (Yama).
 * @param pid of the process that may watch
 * @see prctl(2), PR_SET_PTRACER
 */
export function allowWatching(pid: number): void {
  // EINVAL: the kernel has no Yama and needs no permission, or there is no such process.
  calls().prctl(PR_SET_PTRACER, pid, 0, 0, 0);
}

/** Watches the system calls of the main thread of another process, one by one, as strace does. */
export class SystemCallWatch {
  readonly #pid: number;
  readonly #status = new Int32Array(new SharedArrayBuffer(4));
  readonly #info = new BigUint64Array(new SharedArrayBuffer(infoBytes));
  /** Signal to deliver when the thread continues, so that the watch does not suppress it. */
  #signal = 0;

  /**
   * Stops the main thread of `pid` until `next`.
   * @param pid of the process to watch
   * @throws PosixError, with EPERM if watching is not allowed
   * @see ptrace(2), PTRACE_SEIZE
   */
  constructor(pid: number) {
    this.#pid = pid;
    this.#ptrace('PTRACE_SEIZE', PTRACE_SEIZE, PTRACE_O_TRACESYSGOOD);
    this.#ptrace('PTRACE_INTERRUPT', PTRACE_INTERRUPT, 0);
    this.#wait();
  }

  /**
   * Lets the thread run until its next system call. Blocks this process until then.
   * @returns the number of the call, or undefined if the process has ended
   */
  next(): number | undefined {
    for (;;) {
      if (calls().ptrace(PTRACE_SYSCALL, this.#pid, 0, this.#signal) !== 0) return undefined;
      this.#signal = 0;
      if (!this.#wait()) return undefined;
      const status = this.#status[0] ?? 0;
      const signal = (status >> 8) & 0xff;
      if (signal === (SIGTRAP | 0x80)) {
        const address = libc().addressOf(new Uint8Array(this.#info.buffer));
        calls().ptrace(PTRACE_GET_SYSCALL_INFO, this.#pid, infoBytes, address);
        const isEntry = Number((this.#info[0] ?? 0n) & 0xffn) === PTRACE_SYSCALL_INFO_ENTRY;
        if (isEntry) return Number(this.#info[numberWord]);
      } else if (status >> 16 !== PTRACE_EVENT_STOP) this.#signal = signal;
    }
  }

  /** Ends the watch and lets the thread run. The thread must be stopped, as it is after `next`. */
  end(): void {
    calls().ptrace(PTRACE_DETACH, this.#pid, 0, this.#signal);
  }

  /** Waits until the thread stops. Returns false if it has ended. */
  #wait(): boolean {
    const address = libc().addressOf(new Uint8Array(this.#status.buffer));
    const waited = calls().waitpid(this.#pid, address, WALL);
    const status = this.#status[0] ?? 0;
    return waited === this.#pid && (status & 0xff) === 0x7f;
  }

  #ptrace(name: string, request: number, data: number): void {
    if (calls().ptrace(request, this.#pid, 0, data) !== 0) {
      throw posixError(name, `process ${this.#pid}`, libc().errno());
    }
  }
}
