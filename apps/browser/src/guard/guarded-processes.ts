import { readdirSync } from 'node:fs';
import { readNow, statOf } from '../processes/proc.ts';
import type { Guarded } from './process-guard-cells.ts';

/**
 * Returns the GPU process, the network service with its broker, the zygotes and the renderers of this browser, by PID.
 * Renderers belong to pages and to the shell, and may have no document yet. Linux only.
 */
export function findGuarded(browser: number): Map<number, Guarded | 'renderer'> {
  const found = new Map<number, Guarded | 'renderer'>();
  for (const name of processes()) {
    const pid = Number(name);
    const kind = Number.isInteger(pid) ? victimOf(pid) : undefined;
    if (kind && isBelow(pid, browser)) found.set(pid, kind);
  }
  return found;
}

function processes(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return []; // no descriptor is left: the next sample may find one
  }
}

/**
 * Returns what a process is, by its command line. A process that a zygote has just forked still has the zygote's
 * command line for a moment: ask again before you act on the answer.
 */
export function victimOf(pid: number): Guarded | 'renderer' | undefined {
  const commandLine = commandLineOf(pid) ?? '';
  if (commandLine.includes('--type=gpu-process')) return 'gpu';
  if (commandLine.includes('--type=zygote')) return 'zygote';
  if (commandLine.includes('--type=renderer')) return 'renderer';
  return commandLine.includes('--utility-sub-type=network.') || commandLine.includes(broker) ? 'network' : undefined;
}

/** Empty for a process that is ending or is a zombie. Undefined when it cannot be read. */
const commandLineOf = (pid: number) => readNow(pid, 'cmdline');

const broker = '--type=broker';

/** Says whether a process is a broker, which opens files for its child, a sandboxed network service. */
export const isBroker = (pid: number): boolean => commandLineOf(pid)?.includes(broker) ?? false;

/** Says whether a process has a seccomp filter. */
export const isFiltered = (pid: number): boolean => /^Seccomp:\s*2$/m.test(readNow(pid, 'status') ?? '');

/**
 * Returns children of the browser that have ended or are ending and were started before a time, in clock ticks since
 * boot. Such children have no command line any more. Electron collects the exit status of every child but a zygote,
 * sooner or later.
 */
export const endedChildren = (browser: number, before: number): number[] =>
  processes()
    .map(Number)
    .filter((pid) => {
      const { parentPid, startTicks = 0 } = (Number.isInteger(pid) && statOf(pid)) || {};
      return parentPid === browser && startTicks < before && commandLineOf(pid) === '';
    });

/** Longest chain of processes: browser, zygote, sandboxed zygote, its forks. */
const deepest = 3;

function isBelow(pid: number, browser: number): boolean {
  let parent = statOf(pid)?.parentPid ?? 0;
  for (let depth = 1; depth < deepest && parent !== browser && parent > 1; depth++) {
    parent = statOf(parent)?.parentPid ?? 0;
  }
  return parent === browser;
}
