import { mayTakeDescriptors, takeListener } from '@bulkhead/shared-memory/confinement';
import type { GuardThread } from './guard-thread.ts';
import type { RefusedCounts, RefusedNews } from './refused-counts.ts';

/**
 * Says whether the refused calls of this child can be counted: the guard runs, and the system allows taking the
 * listener.
 */
export const canListenTo = (guard: GuardThread, pid: number): boolean => guard.canListen && mayTakeDescriptors(pid);

/**
 * Makes the guard answer and count the refused calls of a child, from now on.
 * @param fd the listener's number in the child, as the child reports it
 * @returns undefined when the listener could not be taken: the kernel answers the calls once the child has closed it
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
