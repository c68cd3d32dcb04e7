/** Longest deadline, about 35 years. A later one would not fit. */
const mostMs = 2 ** 40;

/**
 * Returns a struct timespec of the wall clock, `ms` from now, for calls with a deadline. It is in shared memory,
 * because the engine never moves that during a call. Keep a reference until the call has returned.
 */
export function deadlineIn(ms: number): BigInt64Array<SharedArrayBuffer> {
  const until = new BigInt64Array(new SharedArrayBuffer(16));
  const at = Date.now() + Math.min(ms, mostMs);
  until[0] = BigInt(Math.floor(at / 1000));
  until[1] = BigInt(Math.floor((at % 1000) * 1_000_000));
  return until;
}
