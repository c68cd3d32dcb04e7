/**
 * Segments that nobody detached before the garbage collector came for them. The engine gives the mapping back together
 * with the buffer; what it does not know of is the name or the file descriptor, which would otherwise leak for good.
 */
import { PosixError } from './errors.ts';
import * as posix from './posix.ts';

/** What the owner keeps so that peers can attach: one of the two. */
export interface WayIn {
  readonly fd: number | undefined;
  readonly name: string | undefined;
}

/** What is left of a collected segment. Holds no reference to it. */
export interface Remains {
  readonly label: string;
  /** Undefined in a process that only attached, and once the owner has unlinked. */
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

/** From now on a `segment` that is collected without `disown` is warned about, and its way in is closed. */
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
    // Somebody else has unlinked it already, which is what was wanted.
    if (!(error instanceof PosixError && error.code === 'ENOENT')) throw error;
  }
}
