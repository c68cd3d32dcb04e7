import { koffi, libc } from '../libc.ts';
import { posixError } from '../posix.ts';

type Asynchronous<Parameters extends unknown[]> = (
  ...parameters: [...Parameters, (error: unknown, result: number) => void]
) => void;

/** A function of the C library that gives back a number, and -1 with errno when it fails. */
export type NativeCall<Parameters extends unknown[]> = ((...parameters: Parameters) => number) & {
  readonly async: Asynchronous<Parameters>;
};

/** Where such functions are: since glibc 2.34 (2021) all in libc itself; before, message queues in librt. */
const libraries = ['libc.so.6', 'librt.so.1'];

/** Binds a function at its first use. `prototype` as C has it. */
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
      failure = error; // not in this library: the next one has it
    }
  }
  throw new Error(`the C library has no "${prototype}"`, { cause: failure });
}

/** The result of a call; where it is -1 throws the PosixError of errno. */
export function checked(call: string, target: string, result: number): number {
  if (result === -1) throw posixError(call, target, libc().errno());
  return result;
}

/**
 * The same for a call that may block: it waits in one of the process's pool threads, off the event loop, until it is
 * done; nothing but the process's end can break it off. A signal that interrupts it does not count. `kept` is the memory
 * that it works on: shared, which never moves, and not collected before it is done.
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

/** Bytes that stay where they are while a pool thread works on them. */
export function fixed(bytes: number | Uint8Array): Uint8Array<SharedArrayBuffer> {
  const length = typeof bytes === 'number' ? bytes : bytes.byteLength;
  const copy = new Uint8Array(new SharedArrayBuffer(length));
  if (typeof bytes !== 'number') copy.set(bytes);
  return copy;
}

export const addressOf = (bytes: Uint8Array<SharedArrayBuffer>): bigint => libc().addressOf(bytes);
