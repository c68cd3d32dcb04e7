import type { KoffiFunc } from 'koffi';
import { type Address, koffi, libc } from './libc.ts';

const CLOCK_PROCESS_CPUTIME_ID = 2;

type ClockSleep = KoffiFunc<(clock: number, flags: number, request: Address, left: Address) => number>;

type ClockRead = KoffiFunc<(clock: number, time: Address) => number>;

let sleep: ClockSleep | undefined;
let read: ClockRead | undefined;
// Shared, because such memory never moves.
const time = new BigInt64Array(new SharedArrayBuffer(16));

/**
 * Blocks this thread until this process has used so much processor time from now on, ms, all its threads together. A
 * process that rests is not woken up. A signal may end the sleep early.
 *
 * Nothing else ends it: a worker thread that sleeps so cannot be terminated before its process has used the time.
 * Throws UnsupportedPlatformError where the C library cannot be called.
 */
export function sleepOnProcessorTime(ms: number): void {
  sleep ??= koffi()
    .load('libc.so.6')
    .func('int clock_nanosleep(int clock, int flags, intptr_t request, intptr_t left)') as ClockSleep;
  time[0] = BigInt(Math.floor(ms / 1000));
  time[1] = BigInt(Math.floor((ms % 1000) * 1e6));
  sleep(CLOCK_PROCESS_CPUTIME_ID, 0, addressOfTime(), 0);
}

/**
 * Processor time of a process so far, s, all its threads together. The system counts it exactly here, and in steps of
 * 10 ms in /proc. Undefined when there is no such process.
 * Throws UnsupportedPlatformError where the C library cannot be called.
 */
export function processorTimeOf(pid: number): number | undefined {
  read ??= koffi().load('libc.so.6').func('int clock_gettime(int clock, intptr_t time)') as ClockRead;
  // How Linux numbers the clock of another process (clock_getcpuclockid in the C library).
  const clock = (~pid << 3) | CLOCK_PROCESS_CPUTIME_ID;
  return read(clock, addressOfTime()) === 0 ? Number(time[0]) + Number(time[1]) / 1e9 : undefined;
}

const addressOfTime = () => libc().addressOf(new Uint8Array(time.buffer));
