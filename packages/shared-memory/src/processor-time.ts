import type { KoffiFunc } from 'koffi';
import { type Address, koffi, libc } from './libc.ts';

const CLOCK_PROCESS_CPUTIME_ID = 2;

type ClockSleep = KoffiFunc<(clock: number, flags: number, request: Address, left: Address) => number>;

let bound: ClockSleep | undefined;

/**
 * Blocks this thread until this process has used so much processor time from now on, ms, all its threads together. A
 * process that rests is not woken up. A signal may end the sleep early.
 *
 * Nothing else ends it: a worker thread that sleeps so cannot be terminated before its process has used the time.
 * Throws UnsupportedPlatformError where the C library cannot be called.
 */
export function sleepOnProcessorTime(ms: number): void {
  bound ??= koffi()
    .load('libc.so.6')
    .func('int clock_nanosleep(int clock, int flags, intptr_t request, intptr_t left)') as ClockSleep;
  // Shared, because such memory never moves.
  const request = new BigInt64Array(new SharedArrayBuffer(16));
  request[0] = BigInt(Math.floor(ms / 1000));
  request[1] = BigInt(Math.floor((ms % 1000) * 1e6));
  bound(CLOCK_PROCESS_CPUTIME_ID, 0, libc().addressOf(new Uint8Array(request.buffer)), 0);
}
