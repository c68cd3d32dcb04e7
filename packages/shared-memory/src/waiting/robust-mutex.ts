import { setTimeout as sleep } from 'node:timers/promises';
import type { KoffiFunc } from 'koffi';
import { deadlineIn } from '../posix/deadline.ts';
import { PosixError } from '../posix/errors.ts';
import { type Address, koffi, libc } from '../posix/libc.ts';
import { posixError } from '../posix/posix.ts';
import { checkTime } from '../segment/arguments.ts';
import type { Region } from '../segment/region.ts';

const PTHREAD_PROCESS_SHARED = 1;
const PTHREAD_MUTEX_ROBUST = 1;
/** Space for a pthread_mutex_t, which has 40 bytes on x86-64 and 48 on ARM64. */
export const mutexBytes = 64;

interface MutexCalls {
  readonly attr_init: KoffiFunc<(attributes: Address) => number>;
  readonly attr_setpshared: KoffiFunc<(attributes: Address, value: number) => number>;
  readonly attr_setrobust: KoffiFunc<(attributes: Address, value: number) => number>;
  readonly init: KoffiFunc<(mutex: Address, attributes: Address) => number>;
  readonly trylock: KoffiFunc<(mutex: Address) => number>;
  readonly timedlock: KoffiFunc<(mutex: Address, until: Address) => number>;
  readonly consistent: KoffiFunc<(mutex: Address) => number>;
  readonly unlock: KoffiFunc<(mutex: Address) => number>;
}

let bound: MutexCalls | undefined;

function calls(): MutexCalls {
  if (bound) return bound;
  const library = koffi().load('libc.so.6');
  const declare = (prototype: string): never => library.func(prototype) as never;
  bound = {
    attr_init: declare('int pthread_mutexattr_init(intptr_t attributes)'),
    attr_setpshared: declare('int pthread_mutexattr_setpshared(intptr_t attributes, int value)'),
    attr_setrobust: declare('int pthread_mutexattr_setrobust(intptr_t attributes, int value)'),
    init: declare('int pthread_mutex_init(intptr_t mutex, intptr_t attributes)'),
    trylock: declare('int pthread_mutex_trylock(intptr_t mutex)'),
    timedlock: declare('int pthread_mutex_timedlock(intptr_t mutex, intptr_t until)'),
    consistent: declare('int pthread_mutex_consistent(intptr_t mutex)'),
    unlock: declare('int pthread_mutex_unlock(intptr_t mutex)'),
  };
  return bound;
}

/**
 * A lock that survives the death of its holder: the next process gets the lock and is told about the death. It is for
 * set-up and clean-up of data that several processes share. Do not lock per frame, and never by an asynchronous call,
 * which would make a pool thread the holder.
 *
 * Trust: the C library keeps pointers in the lock and follows them. So the lock is only for processes that trust each
 * other. It refuses a sealed segment, because sealed segments are shared with less trusted processes.
 */
export class RobustMutex {
  readonly #mutex: bigint;
  readonly #region: Region;

  /**
   * Uses `mutexBytes` bytes of a named segment. One process must initialise the lock before any other uses it.
   * @param region of a named segment
   * @param options `initialise`: true in one process, before any other uses the lock
   * @see pthread_mutexattr_setrobust(3)
   */
  constructor(region: Region, options: { readonly initialise: boolean }) {
    if (region.byteLength < mutexBytes) {
      throw new RangeError(`a robust mutex takes ${mutexBytes} bytes, not ${region.byteLength}`);
    }
    if (region.segment.backend === 'sealed') {
      throw new TypeError(
        'a robust mutex must not be in a sealed segment: its contents are pointers, which a peer could set',
      );
    }
    this.#region = region;
    this.#mutex = libc().addressOf(region.bytes(0, mutexBytes));
    if (options.initialise) this.#initialise();
  }

  /**
   * Takes the lock. Retries for at most `timeoutMs` while the event loop goes on. `recovered` is true if the last
   * holder died with the lock: the data that it protects may be inconsistent.
   * @param timeoutMs longest wait, ms
   * @returns `recovered`: the last holder died with the lock
   * @throws PosixError, with ETIMEDOUT after the time-out
   */
  async lock(timeoutMs: number): Promise<{ readonly recovered: boolean }> {
    checkTime(timeoutMs, 'the time-out in ms');
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const taken = this.tryLock();
      if (taken) return taken;
      if (performance.now() >= deadline) {
        throw new PosixError('pthread_mutex_lock', 'robust mutex', 'ETIMEDOUT', `held by another for ${timeoutMs} ms.`);
      }
      await sleep(1);
    }
  }

  /**
   * Takes the lock if it is free.
   * @returns `recovered`: the last holder died with the lock; undefined if the lock is not free
   * @throws ClosedMemoryError if its segment is detached
   */
  tryLock(): { readonly recovered: boolean } | undefined {
    this.#region.assertUsable();
    return this.#taken('pthread_mutex_trylock', calls().trylock(this.#mutex));
  }

  /**
   * Takes the lock and blocks this thread for at most `timeoutMs`; returns undefined after that. Only for the lessons,
   * whose processes have nothing else to do. Keep it to milliseconds.
   * @param timeoutMs longest wait, ms
   * @returns as `tryLock`
   */
  lockBlocking(timeoutMs: number): { readonly recovered: boolean } | undefined {
    checkTime(timeoutMs, 'the time-out in ms');
    const taken = this.tryLock();
    if (taken) return taken;
    const until = deadlineIn(timeoutMs);
    const address = libc().addressOf(new Uint8Array(until.buffer));
    const errno = calls().timedlock(this.#mutex, address);
    // `until` is used here so that it is not collected before the call returns.
    return until.length > 0 ? this.#taken('pthread_mutex_timedlock', errno) : undefined;
  }

  /** Releases the lock. Only the thread that holds it may call this. */
  unlock(): void {
    this.#region.assertUsable();
    check('pthread_mutex_unlock', calls().unlock(this.#mutex));
  }

  #taken(call: string, errno: number): { readonly recovered: boolean } | undefined {
    if (errno === 0) return { recovered: false };
    const failure = posixError(call, 'robust mutex', errno);
    if (failure.code === 'EBUSY' || failure.code === 'ETIMEDOUT') return undefined;
    if (failure.code !== 'EOWNERDEAD') throw failure;
    check('pthread_mutex_consistent', calls().consistent(this.#mutex));
    return { recovered: true };
  }

  #initialise(): void {
    this.#region.bytes(0, mutexBytes).fill(0);
    const attributes = libc().addressOf(new Uint8Array(attributeMemory));
    check('pthread_mutexattr_init', calls().attr_init(attributes));
    check('pthread_mutexattr_setpshared', calls().attr_setpshared(attributes, PTHREAD_PROCESS_SHARED));
    check('pthread_mutexattr_setrobust', calls().attr_setrobust(attributes, PTHREAD_MUTEX_ROBUST));
    check('pthread_mutex_init', calls().init(this.#mutex, attributes));
  }
}

/** Space for a pthread_mutexattr_t. A SharedArrayBuffer, because the engine never moves it. */
const attributeMemory = new SharedArrayBuffer(64);

function check(call: string, errno: number): void {
  if (errno !== 0) throw posixError(call, 'robust mutex', errno);
}
