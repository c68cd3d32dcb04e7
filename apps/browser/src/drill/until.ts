import { setTimeout as sleep } from 'node:timers/promises';

/** Longest that the drill waits for anything, ms. */
const patienceMs = 20_000;

/** Resolves once `condition` holds; asks every few milliseconds. Rejects, naming `what`, when it has not within 20 s. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > patienceMs) throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
    await sleep(5);
  }
}

/** The promise's value; rejects, naming `what`, when it has not settled within 20 s. */
export async function within<Value>(what: string, promise: Promise<Value>): Promise<Value> {
  const stop = new AbortController();
  const deadline = sleep(patienceMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
  });
  // The winner is the answer; the loser's rejection is its own end.
  deadline.catch(() => undefined);
  return Promise.race([promise, deadline]).finally(() => stop.abort());
}
