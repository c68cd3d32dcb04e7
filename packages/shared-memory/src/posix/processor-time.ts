import type { KoffiFunc } from 'koffi';
import { type Address, koffi, libc } from './libc.ts';

const CLOCK_PROCESS_CPUTIME_ID = 2;

type ClockSleep = KoffiFunc<(clock: number, flags: number, request: Address, left: Address) => number>;

type ClockRead = KoffiFunc<(clock: number, time: Address) => number>;

let sleep: ClockSleep | undefined;
let read: ClockRead | undefined;
// Shared memory, because the engine never moves it.
const time = new BigInt64Array(new SharedArrayBuffer(16));

/**
 * Blocks this thread until all threads of this process together have used `ms` of processor time from now on. An idle
 * process is not woken. A signal may end the sleep early.
 *
 * Nothing else ends it: a worker thread that sleeps this way cannot be terminated before its process has used the time.
 * @param ms processor time of the whole process
 * @throws UnsupportedPlatformError if the C library cannot be called
 * @see clock_nanosleep(2), CLOCK_PROCESS_CPUTIME_ID
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
 * Reads the processor time that all threads of a process have used so far. This clock is exact; /proc counts in steps
 * of 10 ms.
 * @param pid of the process
 * @returns seconds; undefined if there is no such process
 * @throws UnsupportedPlatformError if the C library cannot be called
 * @see clock_getcpuclockid(3)
 */
export function processorTimeOf(pid: number): number | undefined {
  read ??= koffi().load('libc.so.6').func('int clock_gettime(int clock, intptr_t time)') as ClockRead;
  // Linux's clock ID for another process, as clock_getcpuclockid(3) computes it.
  const clock = (~pid << 3) | CLOCK_PROCESS_CPUTIME_ID;
  return read(clock, addressOfTime()) === 0 ? Number(time[0]) + Number(time[1]) / 1e9 : undefined;
}

const addressOfTime = () => libc().addressOf(new Uint8Array(time.buffer));
