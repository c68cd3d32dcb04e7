/**
 * Sends a signal to a process of ours; 0 only asks whether it is there. False when it had ended already, of which word
 * is still on its way; when it is another user's (the SUID helper of a sandbox, or a process that got the number of one
 * that ended); and where the system has no such signal.
 */
export function endProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 and below are whole groups of processes, this one's own among them.
  if (pid <= 0) throw new RangeError(`${pid} is no process`);
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ESRCH', 'EPERM', 'ENOSYS'].includes(`${error.code}`))
      return false;
    throw error;
  }
}
