import { fstatSync } from 'node:fs';
import { isSizeSealed } from '../segment/backing.ts';
import type { SegmentDescriptor } from '../segment/descriptors.ts';
import { AttachError, PosixError } from './errors.ts';
import * as posix from './posix.ts';

/**
 * Opens the object that a descriptor names and checks that it is safe to map: it has the size in the descriptor (access
 * beyond an object's end raises SIGBUS), and the size of a sealed one cannot change. The caller closes `fd`.
 */
export function openForAttach(descriptor: SegmentDescriptor): { fd: number; target: string } {
  const target = descriptor.backend === 'named' ? descriptor.name : `/proc/${descriptor.pid}/fd/${descriptor.fd}`;
  const fd = openTarget(descriptor, target);
  try {
    const { size } = fstatSync(fd);
    if (size !== descriptor.bytes) {
      throw new AttachError('wrong-size', target, `it has ${size} bytes, the descriptor says ${descriptor.bytes}.`);
    }
    if (descriptor.backend === 'sealed' && !isSizeSealed(fd)) {
      throw new AttachError('not-sealed', target, 'its size is not sealed, so another process could shrink it.');
    }
    return { fd, target };
  } catch (error) {
    posix.close(fd);
    // F_GET_SEALS failed: this object cannot have seals, so this package did not make it.
    if (error instanceof PosixError)
      throw new AttachError('not-sealed', target, 'it cannot be sealed.', { cause: error });
    throw error;
  }
}

function openTarget(descriptor: SegmentDescriptor, target: string): number {
  // O_NONBLOCK: the descriptor number may mean a pipe by now, and opening that must not wait for a writer.
  const flags = (descriptor.access === 'read-only' ? posix.O_RDONLY : posix.O_RDWR) | posix.O_NONBLOCK;
  try {
    return descriptor.backend === 'named' ? posix.shm_open(target, flags, 0) : posix.open(target, flags);
  } catch (error) {
    if (!(error instanceof PosixError && error.code === 'ENOENT')) throw error;
    const explanation = 'it is not there: its owner has unlinked it or has ended. Ask for a new descriptor.';
    throw new AttachError('gone', target, explanation, { cause: error });
  }
}
