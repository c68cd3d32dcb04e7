import { setTimeout as sleep } from 'node:timers/promises';

/** Longest that the drill waits for anything, ms, unless it is known to take longer. */
const patienceMs = 20_000;

const tooLate = (what: string, ms: number) => new Error(`waited ${ms / 1000} s for ${what}`);

/** Resolves once `condition` holds; asks every few milliseconds. Rejects, naming `what`, when it has not in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  longestMs = patienceMs,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > longestMs) throw tooLate(what, longestMs);
    await sleep(5);
  }
}

/** The promise's value; rejects, naming `what`, when it has not settled in time. */
export async function within<Value>(what: string, promise: Promise<Value>, longestMs = patienceMs): Promise<Value> {
  const stop = new AbortController();
  const deadline = sleep(longestMs, undefined, { signal: stop.signal }).then(() => {
    throw tooLate(what, longestMs);
  });
  // The winner is the answer; the loser's rejection is its own end.
  deadline.catch(() => undefined);
  return Promise.race([promise, deadline]).finally(() => stop.abort());
}
