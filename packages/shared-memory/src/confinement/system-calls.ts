/** Numbers that differ between the architectures, as <asm/unistd.h> has them. Null: that architecture has no such call. */
export interface Architecture {
  /** AUDIT_ARCH_*, as seccomp_data.arch holds it. */
  readonly audit: number;
  readonly calls: Readonly<Record<keyof typeof numbers, number | null>>;
  readonly seccomp: number;
  readonly clone: number;
  readonly clone3: number;
  readonly madvise: number;
}

/** What a plugin has no business with, by name: [x64, arm64]. */
const numbers = {
  // Other programs and processes.
  execve: [59, 221],
  execveat: [322, 281],
  fork: [57, null],
  vfork: [58, null],
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  kill: [62, 129],
  tkill: [200, 130],
  rt_sigqueueinfo: [129, 138],
  rt_tgsigqueueinfo: [297, 240],
  pidfd_open: [434, 434],
  pidfd_getfd: [438, 438],
  pidfd_send_signal: [424, 424],
  kcmp: [312, 272],
  // New connections; what it was given stays open.
  socket: [41, 198],
  connect: [42, 203],
  bind: [49, 200],
  listen: [50, 201],
  accept: [43, 202],
  accept4: [288, 242],
  // Files: Landlock covers threads that start later, this covers those that run already, too.
  open: [2, null],
  openat: [257, 56],
  openat2: [437, 437],
  open_by_handle_at: [304, 265],
  creat: [85, null],
  truncate: [76, 45],
  rename: [82, null],
  renameat: [264, null],
  renameat2: [316, 276],
  unlink: [87, null],
  unlinkat: [263, 35],
  link: [86, null],
  linkat: [265, 37],
  symlink: [88, null],
  symlinkat: [266, 36],
  mkdir: [83, null],
  mkdirat: [258, 34],
  rmdir: [84, null],
  mknod: [133, null],
  mknodat: [259, 33],
  chmod: [90, null],
  fchmodat: [268, 53],
  chown: [92, null],
  fchownat: [260, 54],
  // Holes in shared memory; see also the advice that the filter refuses.
  fallocate: [285, 47],
  // The machine itself.
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  unshare: [272, 97],
  setns: [308, 268],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  // No new ring. One that the event loop made before goes on being entered, under Landlock: start the process with
  // UV_USE_IO_URING=0 and there is none.
  io_uring_setup: [425, 425],
  io_uring_register: [427, 427],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  reboot: [169, 142],
} as const;

const column = (index: 0 | 1) =>
  Object.fromEntries(Object.entries(numbers).map(([name, pair]) => [name, pair[index]])) as Architecture['calls'];

/** Undefined on an architecture whose numbers are not known here. */
export function architecture(name: string = process.arch): Architecture | undefined {
  if (name === 'x64')
    return { audit: 0xc000_003e, calls: column(0), seccomp: 317, clone: 56, clone3: 435, madvise: 28 };
  if (name === 'arm64')
    return { audit: 0xc000_00b7, calls: column(1), seccomp: 277, clone: 220, clone3: 435, madvise: 233 };
  return undefined;
}
