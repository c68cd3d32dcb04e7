import type { KoffiFunc } from 'koffi';
import { UnsupportedPlatformError } from '../posix/errors.ts';
import { type Address, koffi, libc } from '../posix/libc.ts';
import { posixError } from '../posix/posix.ts';

/**
 * Waits for a word to change, by futex(2). Without the PRIVATE flag a futex works between processes that have the word
 * mapped at different addresses. JavaScript's Atomics.wait and Atomics.notify work within one process only.
 */
const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;
const everybody = 0x7fff_ffff;
const systemCallNumbers: Readonly<Record<string, number>> = { x64: 202, arm64: 98 };

type FutexCall = KoffiFunc<
  (
    call: number,
    word: Address,
    operation: number,
    value: number,
    timeout: Address,
    word2: Address,
    value3: number,
  ) => number
>;

let bound: { readonly call: FutexCall; readonly number: number } | undefined;

function futex(): { readonly call: FutexCall; readonly number: number } {
  if (bound) return bound;
  const number = systemCallNumbers[process.arch];
  if (number === undefined)
    throw new UnsupportedPlatformError(`the futex call's number on ${process.arch} is not known`);
  const prototype =
    'int64_t syscall(int64_t call, intptr_t word, int operation, uint32_t value, intptr_t timeout, intptr_t word2, uint32_t value3)';
  bound = { number, call: koffi().load('libc.so.6').func(prototype) as FutexCall };
  return bound;
}

function addressOf(words: Uint32Array<SharedArrayBuffer>, index: number): bigint {
  return libc().addressOf(new Uint8Array(words.buffer, words.byteOffset)) + BigInt(index * 4);
}

/** Wakes every waiter for the word, in any process. Returns how many it woke. */
export function futexWake(words: Uint32Array<SharedArrayBuffer>, index: number): number {
  const { call, number } = futex();
  const woken = call(number, addressOf(words, index), FUTEX_WAKE, everybody, 0, 0, 0);
  if (woken < 0) throw posixError('futex', 'FUTEX_WAKE', libc().errno());
  return woken;
}

/**
 * Waits, off the event loop, until the word is woken, and at most `timeoutMs`. Resolves at once with `changed` if the
 * word is no longer `expected`. Wakes can be spurious: read the word again. It occupies one of libuv's few pool threads
 * (four by default) while it waits: keep `timeoutMs` under a second.
 */
export function futexWait(
  words: Uint32Array<SharedArrayBuffer>,
  index: number,
  expected: number,
  timeoutMs: number,
): Promise<'woken' | 'changed' | 'timed-out'> {
  const { call, number } = futex();
  // Shared memory, because the engine never moves it: the pool thread reads it while this thread may collect garbage.
  const timeout = new BigInt64Array(new SharedArrayBuffer(16));
  timeout[0] = BigInt(Math.floor(timeoutMs / 1000));
  timeout[1] = BigInt(Math.floor((timeoutMs % 1000) * 1e6));
  const timeoutAddress = libc().addressOf(new Uint8Array(timeout.buffer));
  return new Promise((resolve, reject) => {
    call.async(number, addressOf(words, index), FUTEX_WAIT, expected, timeoutAddress, 0, 0, (error, result) => {
      // This closure uses both, so that neither is collected while the pool thread uses it.
      if (error || timeout.length === 0 || words.length === 0) return reject(error);
      if (result === 0) return resolve('woken');
      const failure = posixError('futex', 'FUTEX_WAIT', libc().errno());
      if (failure.code === 'EAGAIN') resolve('changed');
      else if (failure.code === 'ETIMEDOUT') resolve('timed-out');
      else if (failure.code === 'EINTR') resolve('woken');
      else reject(failure);
    });
  });
}
