/**
 * The chapter's tables: the trial for each row, and the names in other systems (`–` if there is none). The calls of
 * Windows and Mach are only named.
 */
export const rows = [
  { trial: 'pipe', unix: 'pipe()', windows: 'CreatePipe()', mach: 'mach_port_allocate()' },
  { trial: 'fifo', unix: 'mkfifo()', windows: 'CreateNamedPipe()', mach: '–' },
  { trial: 'message-queue', unix: 'mq_open()', windows: 'CreateMailslot()', mach: 'mach_msg()' },
  { trial: 'socket-pair', unix: 'socketpair()', windows: '–', mach: '–' },
  { trial: 'unix-socket', unix: 'socket(AF_UNIX)', windows: 'NtAlpcCreatePort() (ALPC)', mach: 'bootstrap_look_up()' },
  { trial: 'tcp', unix: 'socket(AF_INET)', windows: 'WSASocket()', mach: '–' },
  { trial: 'shm_open', unix: 'shm_open()', windows: 'CreateFileMapping()', mach: 'mach_make_memory_entry_64()' },
  { trial: 'mmap', unix: 'mmap()', windows: 'MapViewOfFile()', mach: 'mach_vm_map()' },
  {
    trial: 'file-mmap',
    unix: 'open(), mmap()',
    windows: 'CreateFileMapping(), MapViewOfFile()',
    mach: 'mach_vm_map()',
  },
  { trial: 'signals', unix: 'kill()', windows: '–', mach: 'exception ports' },
] as const;

/** Implementations of each model. Those without a trial belong to other systems. */
export const implementations = [
  { model: 'shared-memory', name: 'POSIX shared memory', trial: 'shm_open' },
  { model: 'shared-memory', name: 'mmap', trial: 'mmap' },
  { model: 'message-passing', name: 'pipe', trial: 'pipe' },
  { model: 'message-passing', name: 'FIFO', trial: 'fifo' },
  { model: 'message-passing', name: 'message queue', trial: 'message-queue' },
  { model: 'message-passing', name: 'socket', trial: 'unix-socket' },
  { model: 'message-passing', name: 'Mach ports', trial: null },
  { model: 'message-passing', name: 'Windows ALPC', trial: null },
  { model: 'client-server', name: 'socket', trial: 'tcp' },
  { model: 'client-server', name: 'RPC', trial: 'rpc' },
] as const;
