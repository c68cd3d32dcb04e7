import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';
import type { KoffiFunc } from 'koffi';
import { UnsupportedPlatformError } from './errors.ts';

/** An address as koffi accepts and returns it. */
export type Address = number | bigint;

/** The C functions that this package calls. They are bound together, at the first use of one of them. */
export interface Libc {
  readonly errno: () => number;
  readonly errnoNames: ReadonlyMap<number, string>;
  /** Address of the bytes of a typed array. Valid while the array's buffer is alive: the engine never moves it. */
  readonly addressOf: (view: Uint8Array) => bigint;
  readonly shm_open: KoffiFunc<(name: string, flags: number, mode: number) => number>;
  readonly shm_unlink: KoffiFunc<(name: string) => number>;
  readonly memfd_create: KoffiFunc<(name: string, flags: number) => number>;
  readonly open: KoffiFunc<(path: string, flags: number) => number>;
  readonly close: KoffiFunc<(fd: number) => number>;
  readonly dup2: KoffiFunc<(from: number, to: number) => number>;
  readonly ftruncate: KoffiFunc<(fd: number, bytes: number) => number>;
  readonly posix_fallocate: KoffiFunc<(fd: number, offset: number, bytes: number) => number>;
  readonly fcntl: KoffiFunc<(fd: number, command: number, type: 'int', argument: number) => number>;
  readonly mmap: KoffiFunc<
    (address: Address, bytes: number, protection: number, flags: number, fd: number, offset: number) => Address
  >;
  readonly munmap: KoffiFunc<(address: Address, bytes: number) => number>;
  readonly mprotect: KoffiFunc<(address: Address, bytes: number, protection: number) => number>;
  readonly memmove: KoffiFunc<(target: Uint8Array, source: Uint8Array, bytes: number) => void>;
  readonly madvise: KoffiFunc<(address: Address, bytes: number, advice: number) => number>;
}

let bound: Libc | undefined;

/**
 * Returns the C library. koffi is loaded only here, so that importing the package costs nothing and works on platforms
 * without koffi. Throws UnsupportedPlatformError if there is no Linux C library to bind.
 */
export function libc(): Libc {
  bound ??= bind();
  return bound;
}

/** Returns koffi itself, for the files that bind more C functions. */
export function koffi(): typeof Koffi {
  if (process.platform !== 'linux') throw new UnsupportedPlatformError(`${process.platform} is not Linux`);
  try {
    return createRequire(import.meta.url)('koffi') as typeof Koffi;
  } catch (cause) {
    throw new UnsupportedPlatformError('koffi, the foreign-function library, could not be loaded', { cause });
  }
}

function bind(): Libc {
  const ffi = koffi();
  const library = ffi.load('libc.so.6');
  const declare = <Signature extends (...parameters: never[]) => unknown>(prototype: string): KoffiFunc<Signature> =>
    library.func(prototype) as KoffiFunc<Signature>;
  return {
    errno: () => ffi.errno(),
    // Some numbers have two names (EAGAIN and EWOULDBLOCK). koffi lists the usual one first; reversed, it wins.
    errnoNames: new Map(
      Object.entries(ffi.os.errno)
        .reverse()
        .map(([name, number]) => [number, name]),
    ),
    addressOf: (view) => ffi.address(view),
    // shm_open is in libc since glibc 2.34 (2021), and in librt before.
    shm_open: bindFirst(ffi, ['libc.so.6', 'librt.so.1'], 'int shm_open(const char *name, int flags, uint32_t mode)'),
    shm_unlink: bindFirst(ffi, ['libc.so.6', 'librt.so.1'], 'int shm_unlink(const char *name)'),
    memfd_create: declare('int memfd_create(const char *name, unsigned int flags)'),
    open: declare('int open(const char *path, int flags)'),
    close: declare('int close(int fd)'),
    dup2: declare('int dup2(int from, int to)'),
    ftruncate: declare('int ftruncate(int fd, int64_t length)'),
    posix_fallocate: declare('int posix_fallocate(int fd, int64_t offset, int64_t length)'),
    fcntl: declare('int fcntl(int fd, int command, ...)'),
    mmap: declare('intptr_t mmap(intptr_t address, size_t length, int protection, int flags, int fd, int64_t offset)'),
    munmap: declare('int munmap(intptr_t address, size_t length)'),
    mprotect: declare('int mprotect(intptr_t address, size_t length, int protection)'),
    memmove: declare('void memmove(uint8_t *target, const uint8_t *source, size_t bytes)'),
    madvise: declare('int madvise(intptr_t address, size_t length, int advice)'),
  };
}

function bindFirst<Signature extends (...parameters: never[]) => unknown>(
  ffi: typeof Koffi,
  libraries: readonly string[],
  prototype: string,
): KoffiFunc<Signature> {
  let failure: unknown;
  for (const name of libraries) {
    try {
      return ffi.load(name).func(prototype) as KoffiFunc<Signature>;
    } catch (error) {
      failure = error; // not in this library: try the next one
    }
  }
  throw new UnsupportedPlatformError(`the C library has no "${prototype}"`, { cause: failure });
}
