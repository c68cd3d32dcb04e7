import { mayTakeDescriptors, takeListener } from '@bulkhead/shared-memory/confinement';
import type { GuardThread } from '../guard/guard-thread.ts';
import type { RefusedCounts, RefusedNews } from './refused-counts.ts';

/** Whether the refused calls of this child can be counted: the guard runs, and the system lets it have the listener. */
export const canListenTo = (guard: GuardThread, pid: number): boolean => guard.canListen && mayTakeDescriptors(pid);

/**
 * Has the guard answer and count the refused calls of a child, from now on.
 * @param fd the listener's number in the child, as that says
 * @returns undefined when it could not be had: the kernel answers them then, once the child has let go of it
 */
export function listenTo(
  guard: GuardThread,
  pid: number,
  fd: number,
  onNews: (news: RefusedNews) => void,
): RefusedCounts | undefined {
  const listener = takeListener(pid, fd);
  return listener === undefined ? undefined : guard.listen(listener, onNews);
}
