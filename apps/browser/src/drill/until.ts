import { setTimeout as sleep } from 'node:timers/promises';

/** Default longest wait of the drill, ms. */
const patienceMs = 20_000;

/** Something did not happen in time. On a busy machine it may still come. */
export class TooLate extends Error {
  constructor(what: string, ms: number) {
    super(`waited ${ms / 1000} s for ${what}`);
  }
}

/** Polls `condition` every few milliseconds until it holds. Rejects with `what` in the message if time runs out. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  longestMs = patienceMs,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > longestMs) throw new TooLate(what, longestMs);
    await sleep(5);
  }
}

/** Returns the promise's value. Rejects with `what` in the message if the promise does not settle in time. */
export async function within<Value>(what: string, promise: Promise<Value>, longestMs = patienceMs): Promise<Value> {
  const stop = new AbortController();
  const deadline = sleep(longestMs, undefined, { signal: stop.signal }).then(() => {
    throw new TooLate(what, longestMs);
  });
  // If the promise settles first, the aborted sleep rejects: ignore that.
  deadline.catch(() => undefined);
  return Promise.race([promise, deadline]).finally(() => stop.abort());
}
