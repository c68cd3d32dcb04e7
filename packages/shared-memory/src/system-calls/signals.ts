import { UnsupportedPlatformError } from '../posix/errors.ts';
import type { Address } from '../posix/libc.ts';
import { addressOf, checked, lazily } from './bind.ts';

/** Constants of Linux, the same on x86-64 and ARM64. */
export const SIGKILL = 9;
export const SIGUSR2 = 12;
/** First real-time signal that the C library leaves to programs. */
export const SIGRTMIN = 34;
const SIG_BLOCK = 0;
const SIG_UNBLOCK = 1;
const SI_QUEUE = -1;
const SFD_NONBLOCK = 0o4000;
const SFD_CLOEXEC = 0o2000000;
/** Size of sigset_t, of siginfo_t and of struct signalfd_siginfo. */
const structBytes = 128;
const queueToThread: Readonly<Record<string, number>> = { x64: 297, arm64: 240 };

const calls = {
  kill: lazily<[number, number]>('int kill(int pid, int signal)'),
  tgkill: lazily<[number, number, number]>('int tgkill(int pid, int thread, int signal)'),
  gettid: lazily<[]>('int gettid()'),
  sigprocmask: lazily<[number, Address, Address]>('int sigprocmask(int how, intptr_t set, intptr_t old)'),
  signalfd: lazily<[number, Address, number]>('int signalfd(int fd, intptr_t set, int flags)'),
  read: lazily<[number, Address, number]>('intptr_t read(int fd, intptr_t buffer, size_t bytes)'),
  syscall: lazily<[number, number, number, number, Address]>(
    'int64_t syscall(int64_t call, int pid, int thread, int signal, intptr_t info)',
  ),
};

/**
 * Sends a signal to a process. Signal 0 only checks whether the process exists.
 * @param pid of the process
 * @param signal its number; 0 sends nothing
 * @see kill(2)
 */
export function kill(pid: number, signal: number): void {
  checked('kill', `pid ${pid}, signal ${signal}`, calls.kill()(pid, signal));
}

/**
 * Sends a signal to one thread of a process.
 * @param pid of the process
 * @param thread ID of the thread
 * @param signal its number
 * @see tgkill(2)
 */
export function tgkill(pid: number, thread: number, signal: number): void {
  checked('tgkill', `pid ${pid}, thread ${thread}, signal ${signal}`, calls.tgkill()(pid, thread, signal));
}

/** Returns the ID of the calling thread. */
export const gettid = (): number => calls.gettid()();

/**
 * Queues a signal with a value for one thread.
 * @param pid of the process
 * @param thread ID of the thread
 * @param signal its number
 * @param value 32 bits
 * @throws EAGAIN if too many are queued
 * @see rt_tgsigqueueinfo(2)
 */
export function sigqueue(pid: number, thread: number, signal: number, value: number): void {
  const number = queueToThread[process.arch];
  if (number === undefined) throw new UnsupportedPlatformError(`sigqueue's number on ${process.arch} is not known`);
  const info = new Int32Array(new SharedArrayBuffer(structBytes));
  // signal, errno, code, a gap, PID and UID of the sender, value
  info.set([signal, 0, SI_QUEUE, 0, process.pid, process.getuid?.() ?? 0, value]);
  const address = addressOf(new Uint8Array(info.buffer));
  const result = Number(calls.syscall()(number, pid, thread, signal, address));
  checked('sigqueue', `pid ${pid}, thread ${thread}, signal ${signal}`, result);
}

/**
 * Blocks these signals for the calling thread. They wait until they are unblocked.
 * @param signals their numbers
 * @see rt_sigprocmask(2)
 */
export function blockSignals(signals: readonly number[]): void {
  checked('sigprocmask', 'SIG_BLOCK', calls.sigprocmask()(SIG_BLOCK, addressOf(setOf(signals)), 0));
}

/**
 * Delivers these signals to the calling thread again.
 * @param signals their numbers
 * @see rt_sigprocmask(2)
 */
export function unblockSignals(signals: readonly number[]): void {
  checked('sigprocmask', 'SIG_UNBLOCK', calls.sigprocmask()(SIG_UNBLOCK, addressOf(setOf(signals)), 0));
}

/**
 * @param signals their numbers
 * @returns a descriptor from which these signals can be read while they are blocked
 * @see signalfd(2)
 */
export function signalfd(signals: readonly number[]): number {
  const flags = SFD_NONBLOCK | SFD_CLOEXEC;
  return checked('signalfd', '', calls.signalfd()(-1, addressOf(setOf(signals)), flags));
}

/** A signal that has arrived (struct signalfd_siginfo). */
export interface SignalInfo {
  readonly signal: number;
  readonly pid: number;
  readonly uid: number;
  /** Value that `sigqueue` sent with it. */
  readonly value: number;
}

/**
 * Takes the waiting signals of `fd`, for the calling thread or the whole process.
 * @param fd from `signalfd`
 * @returns the signals; none if none waits
 */
export function readSignals(fd: number): SignalInfo[] {
  const most = 64;
  const buffer = new Uint8Array(new SharedArrayBuffer(structBytes * most));
  const view = new DataView(buffer.buffer);
  const taken: SignalInfo[] = [];
  for (;;) {
    const bytes = calls.read()(fd, addressOf(buffer), buffer.byteLength);
    if (bytes <= 0) return taken; // no signal is waiting any more
    for (let at = 0; at < bytes; at += structBytes) {
      const [signal, pid, uid] = [
        view.getUint32(at, true),
        view.getUint32(at + 12, true),
        view.getUint32(at + 16, true),
      ];
      taken.push({ signal, pid, uid, value: view.getInt32(at + 44, true) });
    }
  }
}

function setOf(signals: readonly number[]): Uint8Array<SharedArrayBuffer> {
  const set = new BigUint64Array(new SharedArrayBuffer(structBytes));
  for (const signal of signals) set[0] = (set[0] ?? 0n) | (1n << BigInt(signal - 1));
  return new Uint8Array(set.buffer);
}
