/**
 * Sends a signal to a process of Bulkhead; 0 only asks whether it exists. Returns false when the process has already
 * ended and its end is not reported yet, when the process belongs to another user (the SUID helper of a sandbox, or a
 * process that reused the PID), and when the system has no such signal.
 */
export function endProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 and below mean whole groups of processes, including this one's.
  if (pid <= 0) throw new RangeError(`PID ${pid} does not name a single process`);
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ESRCH', 'EPERM', 'ENOSYS'].includes(`${error.code}`))
      return false;
    throw error;
  }
}
