import { koffi, libc } from '../posix/libc.ts';
import { posixError } from '../posix/posix.ts';

type Asynchronous<Parameters extends unknown[]> = (
  ...parameters: [...Parameters, (error: unknown, result: number) => void]
) => void;

/** A C function that returns a number, or -1 with errno on failure. */
export type NativeCall<Parameters extends unknown[]> = ((...parameters: Parameters) => number) & {
  readonly async: Asynchronous<Parameters>;
};

/** Libraries with these functions. Since glibc 2.34 (2021) all are in libc; before, message queues were in librt. */
const libraries = ['libc.so.6', 'librt.so.1'];

/** Binds a function at its first use. `prototype` is in C. */
export function lazily<Parameters extends unknown[]>(prototype: string): () => NativeCall<Parameters> {
  let bound: NativeCall<Parameters> | undefined;
  return () => {
    bound ??= bind(prototype) as NativeCall<Parameters>;
    return bound;
  };
}

function bind(prototype: string): unknown {
  let failure: unknown;
  for (const name of libraries) {
    try {
      return koffi().load(name).func(prototype);
    } catch (error) {
      failure = error; // not in this library: try the next one
    }
  }
  throw new Error(`the C library has no "${prototype}"`, { cause: failure });
}

/** Returns the result of a call. Throws a PosixError for errno if it is -1. */
export function checked(call: string, target: string, result: number): number {
  if (result === -1) throw posixError(call, target, libc().errno());
  return result;
}

/**
 * Makes a call that may block, on a pool thread, off the event loop. Only the end of the process can cancel it. It is
 * repeated if a signal interrupts it. `kept` is the memory that it uses: shared memory, which the engine never moves,
 * and which is kept alive until the call returns.
 */
export async function waited<Parameters extends unknown[]>(
  name: string,
  target: string,
  call: NativeCall<Parameters>,
  parameters: Parameters,
  kept: readonly Uint8Array<SharedArrayBuffer>[] = [],
): Promise<number> {
  for (;;) {
    const { result, errno } = await new Promise<{ result: number; errno: number }>((resolve, reject) => {
      call.async(...parameters, (error, value) => {
        if (error || kept.some((each) => each.byteLength < 0)) reject(error);
        else resolve({ result: value, errno: value === -1 ? libc().errno() : 0 });
      });
    });
    if (result !== -1) return result;
    const failure = posixError(name, target, errno);
    if (failure.code !== 'EINTR') throw failure;
  }
}

/** Returns bytes, or a copy of bytes, in memory that the engine does not move while a pool thread uses it. */
export function fixed(bytes: number | Uint8Array): Uint8Array<SharedArrayBuffer> {
  const length = typeof bytes === 'number' ? bytes : bytes.byteLength;
  const copy = new Uint8Array(new SharedArrayBuffer(length));
  if (typeof bytes !== 'number') copy.set(bytes);
  return copy;
}

export const addressOf = (bytes: Uint8Array<SharedArrayBuffer>): bigint => libc().addressOf(bytes);
