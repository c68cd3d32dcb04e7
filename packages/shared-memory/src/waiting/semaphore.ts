import type { KoffiFunc } from 'koffi';
import { deadlineIn } from '../posix/deadline.ts';
import { ClosedMemoryError } from '../posix/errors.ts';
import { type Address, koffi, libc } from '../posix/libc.ts';
import { O_CREAT, O_EXCL, posixError } from '../posix/posix.ts';
import { checkTime, checkWhole } from '../segment/arguments.ts';
import { newName } from '../segment/backing.ts';

interface SemaphoreCalls {
  readonly sem_open: KoffiFunc<(name: string, flags: number, mode: number, value: number) => Address>;
  readonly sem_close: KoffiFunc<(semaphore: Address) => number>;
  readonly sem_unlink: KoffiFunc<(name: string) => number>;
  readonly sem_post: KoffiFunc<(semaphore: Address) => number>;
  readonly sem_trywait: KoffiFunc<(semaphore: Address) => number>;
  readonly sem_timedwait: KoffiFunc<(semaphore: Address, until: Address) => number>;
  readonly sem_getvalue: KoffiFunc<(semaphore: Address, value: Address) => number>;
}

let bound: SemaphoreCalls | undefined;

function calls(): SemaphoreCalls {
  if (bound) return bound;
  const library = koffi().load('libc.so.6');
  const declare = (prototype: string): never => library.func(prototype) as never;
  bound = {
    sem_open: declare('intptr_t sem_open(const char *name, int flags, uint32_t mode, unsigned int value)'),
    sem_close: declare('int sem_close(intptr_t semaphore)'),
    sem_unlink: declare('int sem_unlink(const char *name)'),
    sem_post: declare('int sem_post(intptr_t semaphore)'),
    sem_trywait: declare('int sem_trywait(intptr_t semaphore)'),
    sem_timedwait: declare('int sem_timedwait(intptr_t semaphore, intptr_t until)'),
    sem_getvalue: declare('int sem_getvalue(intptr_t semaphore, intptr_t value)'),
  };
  return bound;
}

/** SEM_VALUE_MAX, the largest value. */
const mostValue = 0x7fff_ffff;

/** Longest time that one wait occupies a pool thread. */
const longestWaitMs = 250;

/**
 * The textbook's counting semaphore, between processes, by name: `wait` (P) decrements it or waits, `post` (V)
 * increments it. Only for the lessons. It has no owner: if a process dies between wait and post, its count is lost. So
 * nothing else in this package uses one.
 */
export class NamedSemaphore {
  /** Name for sem_open. It stays in /dev/shm until `unlink`, even if its creator dies; `sweep` removes it then. */
  readonly name: string;
  /** Undefined after sem_close. */
  #semaphore: Address | undefined;
  #closed = false;
  /** Number of pool threads of this process that are waiting. */
  #sleeping = 0;

  private constructor(name: string, semaphore: Address) {
    this.name = name;
    this.#semaphore = semaphore;
  }

  /**
   * Creates a semaphore.
   * @param value first count, 0 to 2^31 - 1
   * @returns the semaphore, under a new name
   * @throws PosixError, or RangeError if `value` is not a whole number from 0 to 2^31 - 1
   * @see sem_open(3)
   */
  static create(value: number): NamedSemaphore {
    checkWhole(value, 0, mostValue, 'a semaphore’s value');
    const name = newName();
    return new NamedSemaphore(name, opened(name, calls().sem_open(name, O_CREAT | O_EXCL, 0o600, value)));
  }

  /**
   * Opens a semaphore of another process.
   * @param name of another process's semaphore
   * @returns the semaphore
   * @throws PosixError, with ENOENT if it was unlinked
   */
  static open(name: string): NamedSemaphore {
    // sem_open(3) accepts other spellings of the same name, and cuts a name at a zero byte.
    if (typeof name !== 'string') throw new TypeError('a semaphore’s name must be a string');
    if (!/^\/[^/\0]{1,250}$/.test(name)) throw new RangeError(`not a name of a semaphore: "${name.slice(0, 64)}"`);
    return new NamedSemaphore(name, opened(name, calls().sem_open(name, 0, 0, 0)));
  }

  /** The count at this moment; it may be out of date at once. Throws ClosedMemoryError. */
  get value(): number {
    const value = new Int32Array(new SharedArrayBuffer(4));
    const { sem_getvalue } = calls();
    this.#check('sem_getvalue', sem_getvalue(this.#open(), libc().addressOf(new Uint8Array(value.buffer))));
    return value[0] ?? 0;
  }

  /** Increments the count and wakes one waiter. Throws ClosedMemoryError. */
  post(): void {
    this.#check('sem_post', calls().sem_post(this.#open()));
  }

  /**
   * Decrements the count if it is not 0.
   * @returns false if the count is 0
   * @throws ClosedMemoryError
   */
  tryWait(): boolean {
    if (calls().sem_trywait(this.#open()) === 0) return true;
    const failure = posixError('sem_trywait', this.name, libc().errno());
    if (failure.code === 'EAGAIN' || failure.code === 'EINTR') return false;
    throw failure;
  }

  /**
   * Decrements the count; waits off the event loop while it is 0. If the semaphore is closed meanwhile, the count is
   * unchanged.
   * @param timeoutMs longest wait, ms
   * @returns false after the time-out
   * @throws ClosedMemoryError, also if the semaphore is closed meanwhile
   */
  async wait(timeoutMs: number): Promise<boolean> {
    checkTime(timeoutMs, 'the time-out in ms');
    const deadline = Date.now() + timeoutMs;
    while (!this.tryWait()) {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      if (await this.#sleep(Math.min(left, longestWaitMs))) return true;
    }
    return true;
  }

  /**
   * Decrements the count as in the textbook: it blocks this thread. Only for the lessons, whose processes have nothing
   * else to do. Keep `timeoutMs` to milliseconds.
   * @param timeoutMs longest wait, ms
   * @returns false after the time-out
   */
  waitBlocking(timeoutMs: number): boolean {
    checkTime(timeoutMs, 'the time-out in ms');
    if (this.tryWait()) return true;
    const until = deadlineIn(timeoutMs);
    const address = libc().addressOf(new Uint8Array(until.buffer));
    const result = calls().sem_timedwait(this.#open(), address);
    return until.length > 0 && this.#waited(result); // `until` is used so that it is not collected during the call
  }

  /** Removes the name. Processes that have the semaphore open can still use it. Idempotent. */
  unlink(): void {
    if (calls().sem_unlink(this.name) === 0) return;
    const failure = posixError('sem_unlink', this.name, libc().errno());
    if (failure.code !== 'ENOENT') throw failure;
  }

  /** Ends the use of the semaphore in this process. Its pending waits reject within 250 ms. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#letGo();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #sleep(ms: number): Promise<boolean> {
    const until = deadlineIn(ms);
    const address = libc().addressOf(new Uint8Array(until.buffer));
    const semaphore = this.#open();
    this.#sleeping += 1;
    try {
      const took = await new Promise<boolean>((resolve, reject) => {
        calls().sem_timedwait.async(semaphore, address, (error, result) => {
          if (error || until.length === 0) return reject(error);
          try {
            resolve(this.#waited(result));
          } catch (failure) {
            reject(failure);
          }
        });
      });
      if (took && this.#closed) calls().sem_post(semaphore); // leaves the count to other waiters
      this.#assertOpen();
      return took;
    } finally {
      this.#sleeping -= 1;
      this.#letGo();
    }
  }

  /** Calls sem_close once it is closed here and no pool thread uses it, because sem_close unmaps it. */
  #letGo(): void {
    if (!this.#closed || this.#sleeping > 0 || this.#semaphore === undefined) return;
    const semaphore = this.#semaphore;
    this.#semaphore = undefined;
    this.#check('sem_close', calls().sem_close(semaphore));
  }

  /** Returns true if sem_timedwait decremented the count. */
  #waited(result: number): boolean {
    if (result === 0) return true;
    const failure = posixError('sem_timedwait', this.name, libc().errno());
    if (failure.code === 'ETIMEDOUT' || failure.code === 'EINTR') return false;
    throw failure;
  }

  #assertOpen(): void {
    if (this.#closed) throw new ClosedMemoryError(`semaphore ${this.name} is closed`);
  }

  #open(): Address {
    this.#assertOpen();
    return this.#semaphore ?? 0;
  }

  #check(call: string, result: number): void {
    if (result !== 0) throw posixError(call, this.name, libc().errno());
  }
}

function opened(name: string, semaphore: Address): Address {
  if (Number(semaphore) === 0) throw posixError('sem_open', `"${name}"`, libc().errno());
  return semaphore;
}
