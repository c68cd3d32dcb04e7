import type { KoffiFunc } from 'koffi';
import { koffi, libc } from '../posix/libc.ts';

/** Calls syscall(2) with 64-bit integers as arguments. Returns the result, or minus the errno. */
export type SystemCall = (number: number, ...args: (number | bigint)[]) => number;

type Raw = KoffiFunc<(number: number, ...args: (number | bigint)[]) => number | bigint>;

let bound: Raw | undefined;

function raw(): Raw {
  bound ??= koffi()
    .load('libc.so.6')
    .func('long syscall(long number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f)') as Raw;
  return bound;
}

export const systemCall: SystemCall = (number, ...[a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => {
  const result = Number(raw()(number, a, b, c, d, e, f));
  return result === -1 ? -libc().errno() : result;
};

/**
 * Makes a system call on a thread of libuv's pool. Resolves to -1 on failure, without the errno, which only that thread
 * has.
 */
export function systemCallInPool(number: number, ...[a = 0, b = 0, c = 0]: (number | bigint)[]): Promise<number> {
  return new Promise((resolve, reject) => {
    raw().async(number, a, b, c, 0, 0, 0, (error: unknown, result: number | bigint) =>
      error ? reject(error) : resolve(Number(result)),
    );
  });
}
