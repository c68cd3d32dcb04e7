import { systemCallNumber } from '../posix/system-call-names.ts';
import { type AllowedCalls, plainCalls } from './allowed-calls.ts';
import { needs } from './needs.ts';

/** System calls that no lesson needs, by their effect. A lesson that shows system calls may make all others. */
export const deniedCalls = {
  'other programs and processes': ['execve', 'execveat', 'fork', 'vfork'],
  'memory and descriptors of other processes': [
    ...['ptrace', 'process_vm_readv', 'process_vm_writev', 'process_madvise', 'pidfd_getfd', 'kcmp', 'move_pages'],
    ...['migrate_pages', 'process_mrelease'],
  ],
  'other namespaces and file systems': [
    ...[
      'unshare',
      'setns',
      'mount',
      'umount2',
      'pivot_root',
      'chroot',
      'open_tree',
      'move_mount',
      'fsopen',
      'fsconfig',
    ],
    ...['fsmount', 'fspick', 'mount_setattr', 'quotactl', 'quotactl_fd', 'open_by_handle_at', 'fanotify_init'],
  ],
  'the kernel': [
    ...['bpf', 'perf_event_open', 'init_module', 'finit_module', 'delete_module', 'kexec_load', 'kexec_file_load'],
    ...['syslog', 'reboot', 'swapon', 'swapoff', 'acct', 'settimeofday', 'clock_settime', 'adjtimex', 'clock_adjtime'],
    ...['sethostname', 'setdomainname', 'iopl', 'ioperm', 'userfaultfd', 'lookup_dcookie', 'personality'],
  ],
  'keys that stay': ['add_key', 'request_key', 'keyctl'],
  'operations that no filter sees': ['io_uring_setup', 'io_uring_enter', 'io_uring_register'],
  'another owner or group of processes': [
    ...[
      'setuid',
      'setgid',
      'setreuid',
      'setregid',
      'setresuid',
      'setresgid',
      'setgroups',
      'capset',
      'setsid',
      'setpgid',
    ],
  ],
} as const;

/** Denied calls that lessons need to look into another process of the same lesson, which allows it. */
const watchingCalls: readonly string[] = ['ptrace', 'process_vm_readv'];

const AF_UNIX = 1;
/**
 * PR_SET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_SET_PTRACER. Not PR_SET_PDEATHSIG, which endWithParent
 * needs.
 */
const processOptions = [4, 15, 16, 0x5356_4d41, 0x5961_6d61];

/** Returns the denied calls as a table for the filter, which allows all other calls. */
export function lessonCalls(declared: readonly string[]): AllowedCalls {
  const names: string[] = Object.values(deniedCalls).flat();
  const refused = declared.includes('watching') ? names.filter((name) => !watchingCalls.includes(name)) : names;
  const { clone, clone3, prctl } = plainCalls;
  const { socket } = needs.network.calls;
  if (!clone || !clone3 || !prctl || !socket?.only) throw new Error('the table of calls has changed');
  return {
    ...Object.fromEntries(
      refused.map((name) => {
        const numbers = [systemCallNumber(name, 'x64'), systemCallNumber(name, 'arm64')] as const;
        return [name, { numbers, why: 'no lesson', only: [] }];
      }),
    ),
    clone,
    clone3,
    prctl: { ...prctl, only: [[{ argument: 0, oneOf: processOptions }]] },
    socket: {
      ...socket,
      only: [[{ argument: 0, oneOf: [AF_UNIX] }], ...(declared.includes('network') ? socket.only : [])],
    },
  };
}
