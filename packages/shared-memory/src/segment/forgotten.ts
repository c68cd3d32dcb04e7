/**
 * Cleans up after segments that were collected without `detach`. The engine releases the mapping together with the
 * buffer, but it does not know the name or the file descriptor: they would leak.
 */
import { PosixError } from '../posix/errors.ts';
import * as posix from '../posix/posix.ts';

/** The owner keeps one of the two open so that peers can attach. */
export interface WayIn {
  readonly fd: number | undefined;
  readonly name: string | undefined;
}

/** Data to clean up after a collected segment. Holds no reference to the segment. */
export interface Remains {
  readonly label: string;
  /** Undefined in a process that attached, and after the owner's `unlink`. */
  wayIn: WayIn | undefined;
}

const registry = new FinalizationRegistry<Remains>(({ label, wayIn }) => {
  if (wayIn) closeWayIn(wayIn);
  process.emitWarning(`segment "${label}" was never detached: it was released by the garbage collector`, {
    type: 'SharedMemoryWarning',
    code: 'BULKHEAD_FORGOTTEN_SEGMENT',
    detail: 'Call detach() or destroy() when done with it: the collector may come minutes later, or never.',
  });
});

/** If `segment` is collected without `disown`, closes its way in and emits a warning. */
export function own(segment: object, remains: Remains): void {
  registry.register(segment, remains, segment);
}

export function disown(segment: object): void {
  registry.unregister(segment);
}

export function closeWayIn({ fd, name }: WayIn): void {
  if (fd !== undefined) posix.close(fd);
  if (name === undefined) return;
  try {
    posix.shm_unlink(name);
  } catch (error) {
    // Another process has unlinked it already.
    if (!(error instanceof PosixError && error.code === 'ENOENT')) throw error;
  }
}
