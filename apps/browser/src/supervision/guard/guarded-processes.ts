import { readdirSync } from 'node:fs';
import { readNow, statOf } from '../../processes/proc.ts';
import type { Guarded } from './process-guard-cells.ts';

/**
 * GPU process, network service with its broker, zygotes and renderers of this browser, which are below it, by PID.
 * Renderers are those of pages and of the interface, also those that have no document yet. Linux only.
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
    return []; // no descriptor is left: the next look may find one
  }
}

/**
 * Says what a process is, by its command line. A process that a zygote has just forked still has the zygote's command
 * line for a moment: ask again before you act on the answer.
 */
export function victimOf(pid: number): Guarded | 'renderer' | undefined {
  const commandLine = commandLineOf(pid) ?? '';
  if (commandLine.includes('--type=gpu-process')) return 'gpu';
  if (commandLine.includes('--type=zygote')) return 'zygote';
  if (commandLine.includes('--type=renderer')) return 'renderer';
  return commandLine.includes('--utility-sub-type=network.') || commandLine.includes(broker) ? 'network' : undefined;
}

/** Empty for a process that is ending, or that nobody has waited for. Undefined when it cannot be read. */
const commandLineOf = (pid: number) => readNow(pid, 'cmdline');

const broker = '--type=broker';

/** The process that opens files for a network service in a sandbox, which is its parent. */
export const isBroker = (pid: number): boolean => commandLineOf(pid)?.includes(broker) ?? false;

/** A filter on system calls holds it. */
export const isFiltered = (pid: number): boolean => /^Seccomp:\s*2$/m.test(readNow(pid, 'status') ?? '');

/**
 * Children of the browser that have ended or are just ending, of those that were started before a time, in clock ticks
 * since boot. Neither has a command line any more. The runtime waits for every child but a zygote, in its own time.
 */
export const endedChildren = (browser: number, before: number): number[] =>
  processes()
    .map(Number)
    .filter((pid) => {
      const { parentPid, startTicks = 0 } = (Number.isInteger(pid) && statOf(pid)) || {};
      return parentPid === browser && startTicks < before && commandLineOf(pid) === '';
    });

/** Browser, zygote, zygote in the sandbox, what that forks: no more. */
const deepest = 3;

function isBelow(pid: number, browser: number): boolean {
  let parent = statOf(pid)?.parentPid ?? 0;
  for (let depth = 1; depth < deepest && parent !== browser && parent > 1; depth++) {
    parent = statOf(parent)?.parentPid ?? 0;
  }
  return parent === browser;
}
