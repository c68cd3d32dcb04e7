import { constants } from 'node:os';
import type { ProcessEnd, TabMemory } from '@bulkhead/contracts';
import type { Death } from '@bulkhead/rpc';

/** What the runtime says of a process that has gone (`RenderProcessGoneDetails`, `child-process-gone`). */
export interface Gone {
  reason: string;
  exitCode: number;
}

// Reversed, so that of two names for one number (SIGABRT and SIGIOT, SIGIO and SIGPOLL) the first, common one stays.
const signalNames = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number as number, name]),
);

/**
 * The signal in an exit code of the runtime: the number itself after SIGKILL (9) and a real fault (11), but the
 * status as `wait` returns it, shifted by 8, after others (SIGTERM 61696 = 241 << 8, SIGABRT 64000 = 250 << 8, both
 * 256 minus the signal). Seen on Electron 33; null where the number says nothing.
 */
export function signalOf({ reason, exitCode }: Gone): string | null {
  if (reason === 'clean-exit' || reason === 'launch-failed') return null;
  // A plugin that exits by itself: its code is its own, however much it looks like a signal's number.
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

/** Time within which a second end of the same tab counts as repeated, ms (Chromium's sad tab uses the same). */
const repeatWithinMs = 10_000;

/** Share of its limit that a process which ended by a trap must have used to have run out of memory. */
const fullShare = 0.5;

/**
 * The runtime's own allocators end a process that is out of memory by a trap, as a failed check of its code does: what
 * memory it had tells which it was.
 */
const ranOut = (signal: string | null, memory: TabMemory | null) =>
  signal === 'SIGTRAP' && memory !== null && memory.usedKiB > fullShare * memory.limitKiB;

interface Known {
  /** The browser's own reason, where it ended the process itself. */
  intended?: ProcessEnd['kind'] | undefined;
  /** What was measured last. */
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

/** The end of a tab that had no process, for a fault of Bulkhead's own. */
export const describeInternalError = (previous: ProcessEnd | null): ProcessEnd => ({
  kind: 'internal-error',
  pid: null,
  signal: null,
  exitCode: null,
  at: Date.now(),
  repeated: previous !== null && Date.now() - previous.at < repeatWithinMs,
});

/** The same for the ports of that process: what their calls are rejected with. */
export function deathOf({ kind, signal, exitCode }: ProcessEnd): Death {
  if (signal !== null) {
    const number = constants.signals[signal as NodeJS.Signals];
    return { how: `was ended by ${signal} (signal ${number}; ${kind})`, signal: number };
  }
  return { how: `ended (${kind}, code ${exitCode})`, ...(exitCode !== null && { exitCode }) };
}
