import { constants } from 'node:os';
import type { ProcessEnd, TabMemory } from '@bulkhead/contracts';
import type { Death } from '@bulkhead/rpc';

/** Electron's report of a process that has ended (`RenderProcessGoneDetails`, `child-process-gone`). */
export interface Gone {
  reason: string;
  exitCode: number;
}

// Reversed, so that the first, common name wins where two names share a number (SIGABRT and SIGIOT, SIGIO and SIGPOLL).
const signalNames = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number as number, name]),
);

/**
 * Returns the signal in an exit code of Electron. The code is the number itself after SIGKILL (9) and a real fault
 * (11), but the status as `wait` returns it, shifted by 8, after other signals (SIGTERM 61696 = 241 << 8, SIGABRT 64000
 * = 250 << 8, both 256 minus the signal). Observed on Electron 33. Null when the code is not a signal.
 */
export function signalOf({ reason, exitCode }: Gone): string | null {
  if (reason === 'clean-exit' || reason === 'launch-failed') return null;
  // A plugin that exits by itself chooses its code, even if it looks like a signal's number.
  if (reason === 'abnormal-exit' && exitCode <= 255) return null;
  const high = exitCode >> 8;
  if (exitCode > 255 && (exitCode & 255) === 0)
    return signalNames.get(256 - high) ?? signalNames.get(high - 128) ?? null;
  return signalNames.get(exitCode & 127) ?? null;
}

const kinds: Record<string, ProcessEnd['kind']> = {
  'clean-exit': 'exited',
  'abnormal-exit': 'killed',
  killed: 'killed',
  crashed: 'crashed',
  oom: 'out-of-memory',
  'memory-eviction': 'out-of-memory',
  'launch-failed': 'launch-failed',
  'integrity-failure': 'launch-failed',
};

/** Time within which a second end of the same tab counts as repeated, ms. Chromium's sad tab uses the same time. */
const repeatWithinMs = 10_000;

/** Share of its memory limit that a process must have used for its trap to count as out of memory. */
const fullShare = 0.5;

/**
 * Says whether a process ran out of memory. Chromium's allocators end a process that is out of memory by a trap, as a
 * failed assertion does: the memory that the process used shows which it was.
 */
const ranOut = (signal: string | null, memory: TabMemory | null) =>
  signal === 'SIGTRAP' && memory !== null && memory.usedKiB > fullShare * memory.limitKiB;

interface Known {
  /** The browser's own reason, if it ended the process. */
  intended?: ProcessEnd['kind'] | undefined;
  /** The last measurement. */
  memory?: TabMemory | null;
}

export function describeEnd(
  gone: Gone,
  pid: number | null,
  previous: ProcessEnd | null,
  { intended, memory = null }: Known = {},
): ProcessEnd {
  const at = Date.now();
  const signal = signalOf(gone);
  const kind = intended ?? (ranOut(signal, memory) ? 'out-of-memory' : (kinds[gone.reason] ?? 'crashed'));
  return {
    kind: kind === 'killed' && signal === null ? 'exited' : kind,
    pid,
    signal,
    exitCode: signal === null ? gone.exitCode : null,
    at,
    repeated: previous !== null && at - previous.at < repeatWithinMs,
  };
}

/** Describes the end of a tab without a process because of a bug in Bulkhead. */
export const describeInternalError = (previous: ProcessEnd | null): ProcessEnd => ({
  kind: 'internal-error',
  pid: null,
  signal: null,
  exitCode: null,
  at: Date.now(),
  repeated: previous !== null && Date.now() - previous.at < repeatWithinMs,
});

/** Returns the same for the ports of that process: the errors of its pending calls contain it. */
export function deathOf({ kind, signal, exitCode }: ProcessEnd): Death {
  if (signal !== null) {
    const number = constants.signals[signal as NodeJS.Signals];
    return { how: `was ended by ${signal} (signal ${number}; ${kind})`, signal: number };
  }
  return { how: `ended (${kind}, code ${exitCode})`, ...(exitCode !== null && { exitCode }) };
}
