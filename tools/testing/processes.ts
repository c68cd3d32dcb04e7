import { readdirSync, readFileSync } from 'node:fs';

/** A living process, as the system describes it. */
export interface RunningProcess {
  readonly pid: number;
  /** Its command line, word by word. */
  readonly words: readonly string[];
  readonly status: { readonly state: string; readonly parentPid: number; readonly uid: number };
}

export function runningProcesses(): RunningProcess[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const text = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(text)?.[1] ?? '';
      const status = { state: field('State'), parentPid: Number(field('PPid')), uid: Number(field('Uid')) };
      return status.state === 'Z' || status.state === 'X' ? [] : [{ pid, words, status }];
    } catch {
      return []; // the process has ended meanwhile
    }
  });
}

/** Returns the PIDs of living processes with this text on their command line. */
export function processesNaming(text: string): number[] {
  const naming = runningProcesses().filter(({ words }) => words.some((word) => word.includes(text)));
  return naming.map(({ pid }) => pid);
}

export const isRunning = (pid: number) => runningProcesses().some((each) => each.pid === pid);
