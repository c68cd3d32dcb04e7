/**
 * The chapter's system calls besides shared memory, by their names. A call that blocks waits off the event loop (except
 * `...Blocking`), and a call that fails throws a PosixError. For lessons between processes that trust each other.
 */
export {
  close,
  fcntl,
  ftruncate,
  O_CREAT,
  O_EXCL,
  O_NONBLOCK,
  O_RDONLY,
  O_RDWR,
  shm_open,
  shm_unlink,
} from '../posix/posix.ts';
export * from './file-mapping.ts';
export * from './message-queues.ts';
export { receiveDescriptor, sendDescriptor } from './pass-descriptor.ts';
export * from './signals.ts';
export { AF_INET, AF_UNIX, type SocketAddress } from './socket-address.ts';
export * from './sockets.ts';
export * from './streams.ts';
