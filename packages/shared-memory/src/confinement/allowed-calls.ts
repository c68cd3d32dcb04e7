/** Condition on an argument of a call. The kernel reads 32 bits of a number, and all 64 bits of an address. */
export type ArgumentTest =
  /** The argument, after `mask`, is one of these. `self` is the PID of this process. */
  | { readonly argument: number; readonly mask?: number; readonly oneOf: readonly (number | 'self')[] }
  | { readonly argument: number; readonly atMost: number }
  /** The argument is a null address. */
  | { readonly argument: number; readonly isNull: true };

/** One system call that a confined process may make. */
export interface AllowedCall {
  /** Number on x64 and on arm64 (<asm/unistd.h>). Null: that architecture does not have the call. */
  readonly numbers: readonly [x64: number | null, arm64: number | null];
  /** The part that needs the call, and the reason. */
  readonly why: string;
  /** The call is allowed if all tests of one of these lists hold. Undefined: any arguments are allowed. */
  readonly only?: readonly (readonly ArgumentTest[])[];
  /** Answer to arguments that are not allowed. Default: EPERM. `success`: the call does nothing and reports success. */
  readonly otherwise?: 'ENOSYS' | 'success';
}

export type AllowedCalls = Readonly<Record<string, AllowedCall>>;

/** Flags of clone for a thread: it shares everything with this process and gets no new namespace. */
const threadFlags = 0x0005_0f00; // CLONE_VM | FS | FILES | SIGHAND | THREAD | SYSVSEM
/**
 * Flags that say where to write the thread's number and where its local storage is. They do not affect other processes.
 */
const threadDetails = 0x0178_0000; // CLONE_SETTLS | PARENT_SETTID | CHILD_CLEARTID | DETACHED | CHILD_SETTID
const PROT_EXEC = 4;
const MAP_ANONYMOUS = 0x20;
/**
 * NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTNEED, FREE, DONTFORK, HUGEPAGE, NOHUGEPAGE, DONTDUMP, DODUMP. Not REMOVE.
 */
const advices = [0, 1, 2, 3, 4, 8, 10, 14, 15, 16, 17];
/** F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GET_SEALS. Not F_SETOWN, which signals other processes. */
const descriptorCommands = [1, 2, 3, 4, 1030, 1034];
/** FIONBIO, FIOCLEX. */
const deviceCommands = [0x5421, 0x5451];
/** PR_SET_NAME, PR_GET_NAME, PR_SET_VMA. Not PR_SET_DUMPABLE, PR_SET_PDEATHSIG or PR_SET_PTRACER. */
const processOptions = [15, 16, 0x5356_4d41];
/** Largest ID of a clock of the machine, this process or this thread. Higher IDs are clocks of other processes. */
const lastClock = 11;

const only = (...tests: ArgumentTest[]) => [tests];

/**
 * The calls of V8, libuv, Chromium's channels and the C library in a process that uses only memory and ports. They were
 * found by tracing plugins at work and in faults, and worker threads. Every other call is refused.
 */
export const plainCalls: AllowedCalls = {
  // Waiting and time.
  futex: { numbers: [202, 98], why: 'locks of every thread' },
  epoll_wait: { numbers: [232, null], why: "Chromium's event loops" },
  epoll_pwait: { numbers: [281, 22], why: "Node's event loop" },
  epoll_ctl: { numbers: [233, 21], why: 'event loops register the descriptors that they wait for' },
  epoll_create1: { numbers: [291, 20], why: 'the event loop of a worker thread' },
  poll: { numbers: [7, null], why: "Chromium's channels and Node's output wait for one descriptor" },
  ppoll: { numbers: [271, 73], why: 'the same on arm64' },
  eventfd2: { numbers: [290, 19], why: 'wakes the event loop of a worker thread' },
  pipe2: { numbers: [293, 59], why: 'libuv delivers signals to a worker thread' },
  clock_gettime: { numbers: [228, 113], why: 'timers and time', only: only({ argument: 0, atMost: lastClock }) },
  clock_getres: { numbers: [229, 114], why: 'timers and time', only: only({ argument: 0, atMost: lastClock }) },
  clock_nanosleep: { numbers: [230, 115], why: 'a pause of a thread', only: only({ argument: 0, atMost: lastClock }) },
  nanosleep: { numbers: [35, 101], why: 'a pause of a thread' },
  gettimeofday: { numbers: [96, 169], why: 'the date and time' },
  restart_syscall: { numbers: [219, 128], why: 'the kernel resumes a pause after a stop' },
  sched_yield: { numbers: [24, 124], why: 'spinning locks' },

  // Descriptors that the process has.
  read: { numbers: [0, 63], why: 'wake-ups of event loops' },
  write: { numbers: [1, 64], why: 'wake-ups of event loops, and output' },
  writev: { numbers: [20, 66], why: "Node's output" },
  close: { numbers: [3, 57], why: 'closes descriptors that a thread or a message opened' },
  recvmsg: { numbers: [47, 212], why: "Chromium's channels: every message of a port" },
  sendmsg: { numbers: [46, 211], why: "Chromium's channels: messages that carry descriptors" },
  sendto: {
    numbers: [44, 206],
    why: "Chromium's channels, to their other end",
    only: only({ argument: 4, isNull: true }),
  },
  fsync: { numbers: [74, 82], why: 'the process flushes its output when it ends' },
  shutdown: { numbers: [48, 210], why: 'the end of a channel' },
  fcntl: {
    numbers: [72, 25],
    why: 'flags of a descriptor; copies of one; seals of memory',
    only: only({ argument: 1, oneOf: descriptorCommands }),
  },
  ioctl: {
    numbers: [16, 29],
    why: 'libuv makes a descriptor non-blocking',
    only: only({ argument: 1, oneOf: deviceCommands }),
  },
  fstat: { numbers: [5, 80], why: 'the kind of descriptor of the output, and the size of received memory' },
  statx: { numbers: [332, 291], why: 'never; libuv falls back to fstat', only: [], otherwise: 'ENOSYS' },
  access: {
    numbers: [21, null],
    why: 'never, but reports success: Chromium checks /dev/shm for a large message, and a refusal would end the process',
    only: [],
    otherwise: 'success',
  },
  faccessat: { numbers: [269, 48], why: 'the same on arm64', only: [], otherwise: 'success' },
  getsockname: { numbers: [51, 204], why: 'libuv finds out the kind of socket of the output' },
  getsockopt: { numbers: [55, 209], why: 'libuv finds out the kind of socket of the output' },

  // Memory.
  mmap: {
    numbers: [9, 222],
    why: 'heaps, stacks, memory that arrives with a message; executable only without a file behind it',
    only: [
      [{ argument: 2, mask: PROT_EXEC, oneOf: [0] }],
      [{ argument: 3, mask: MAP_ANONYMOUS, oneOf: [MAP_ANONYMOUS] }],
    ],
  },
  munmap: { numbers: [11, 215], why: 'heaps shrink' },
  mprotect: { numbers: [10, 226], why: 'heaps; V8 makes code executable' },
  pkey_mprotect: { numbers: [329, 288], why: 'V8 protects its code if the processor can' },
  mremap: { numbers: [25, 216], why: 'realloc grows' },
  brk: { numbers: [12, 214], why: 'malloc grows' },
  madvise: {
    numbers: [28, 233],
    why: 'heaps give pages back; no holes in shared memory',
    only: only({ argument: 2, oneOf: advices }),
  },
  membarrier: { numbers: [324, 283], why: "V8's garbage collection on many threads" },

  // Threads and the process itself.
  clone: {
    numbers: [56, 220],
    why: 'a thread of this process',
    only: only({ argument: 0, mask: ~threadDetails, oneOf: [threadFlags] }),
  },
  clone3: {
    numbers: [435, 435],
    why: 'never: its flags are in memory, which a filter cannot read; the C library falls back to clone',
    only: [],
    otherwise: 'ENOSYS',
  },
  set_robust_list: { numbers: [273, 99], why: 'the C library starts a thread' },
  rseq: { numbers: [334, 293], why: 'the C library starts a thread' },
  exit: { numbers: [60, 93], why: 'a thread ends' },
  exit_group: { numbers: [231, 94], why: 'the process ends' },
  gettid: { numbers: [186, 178], why: 'locks that store their owner' },
  getpid: { numbers: [39, 172], why: 'Chromium checks that it was not forked' },
  getppid: { numbers: [110, 173], why: 'process.ppid' },
  getuid: { numbers: [102, 174], why: 'a worker thread reads its environment' },
  geteuid: { numbers: [107, 175], why: 'a worker thread reads its environment' },
  getgid: { numbers: [104, 176], why: 'a worker thread reads its environment' },
  getegid: { numbers: [108, 177], why: 'a worker thread reads its environment' },
  tgkill: {
    numbers: [234, 131],
    why: 'abort signals a thread of its own process',
    only: only({ argument: 0, oneOf: ['self'] }),
  },
  kill: { numbers: [62, 129], why: 'a signal to itself', only: only({ argument: 0, oneOf: ['self'] }) },
  rt_sigaction: { numbers: [13, 134], why: 'handlers of its own signals' },
  rt_sigprocmask: { numbers: [14, 135], why: 'a thread starts without signals' },
  rt_sigreturn: { numbers: [15, 139], why: 'the end of a handler' },
  sigaltstack: { numbers: [131, 132], why: 'a stack for the handler of a stack overflow' },
  prctl: {
    numbers: [157, 167],
    why: 'names of threads and of memory',
    only: only({ argument: 0, oneOf: processOptions }),
  },
  prlimit64: {
    numbers: [302, 261],
    why: 'reads its own limits, for the size of a stack',
    only: only({ argument: 0, oneOf: [0, 'self'] }, { argument: 2, isNull: true }),
  },
  sched_getaffinity: {
    numbers: [204, 123],
    why: 'the number of processors; for a stack the C library works without it',
    only: only({ argument: 0, oneOf: [0, 'self'] }),
    otherwise: 'ENOSYS',
  },
  getcpu: { numbers: [309, 168], why: 'heaps that are separate for each processor' },
  getrandom: { numbers: [318, 278], why: 'random numbers' },
  getrusage: { numbers: [98, 165], why: 'its own processor time' },
  sysinfo: { numbers: [99, 179], why: "the machine's memory, which sizes the heap of a worker thread" },
  uname: { numbers: [63, 160], why: "the kernel's version" },
  getcwd: { numbers: [79, 17], why: 'a worker thread resolves its modules from it' },
};
