/** Some 35 years: what is later than that does not come, and would not fit. */
const mostMs = 2 ** 40;

/**
 * A struct timespec of the wall clock, `ms` from now, as calls with a deadline take it. Shared memory, because that never
 * moves under a call: keep it until the call has come back.
 */
export function deadlineIn(ms: number): BigInt64Array<SharedArrayBuffer> {
  const until = new BigInt64Array(new SharedArrayBuffer(16));
  const at = Date.now() + Math.min(ms, mostMs);
  until[0] = BigInt(Math.floor(at / 1000));
  until[1] = BigInt(Math.floor((at % 1000) * 1_000_000));
  return until;
}
