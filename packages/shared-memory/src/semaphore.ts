import type { KoffiFunc } from 'koffi';
import { newName } from './backing.ts';
import { deadlineIn } from './deadline.ts';
import { type Address, koffi, libc } from './libc.ts';
import { O_CREAT, O_EXCL, posixError } from './posix.ts';

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

/** No single wait holds a pool thread for longer. */
const longestWaitMs = 250;

/**
 * The textbook's counting semaphore, between processes, by name: `wait` (P) takes one or waits for one, `post` (V) gives
 * one. For the lessons. It has no owner: what a process has taken and not given back when it dies is gone, which is
 * why nothing else in this package depends on one.
 */
export class NamedSemaphore {
  /** As sem_open takes it. Lives in /dev/shm until `unlink`, also beyond its maker: `sweep` finds it then. */
  readonly name: string;
  #semaphore: Address | undefined;

  private constructor(name: string, semaphore: Address) {
    this.name = name;
    this.#semaphore = semaphore;
  }

  /** Throws PosixError. */
  static create(value: number): NamedSemaphore {
    const name = newName();
    return new NamedSemaphore(name, opened(name, calls().sem_open(name, O_CREAT | O_EXCL, 0o600, value)));
  }

  /** Another process's. Throws PosixError, ENOENT when it was unlinked. */
  static open(name: string): NamedSemaphore {
    return new NamedSemaphore(name, opened(name, calls().sem_open(name, 0, 0, 0)));
  }

  /** What is left to take at this moment; stale as soon as it is known. */
  get value(): number {
    const value = new Int32Array(new SharedArrayBuffer(4));
    const { sem_getvalue } = calls();
    this.#check('sem_getvalue', sem_getvalue(this.#open(), libc().addressOf(new Uint8Array(value.buffer))));
    return value[0] ?? 0;
  }

  /** Gives one, and wakes one who waits. */
  post(): void {
    this.#check('sem_post', calls().sem_post(this.#open()));
  }

  /** Takes one if there is one. */
  tryWait(): boolean {
    if (calls().sem_trywait(this.#open()) === 0) return true;
    const failure = posixError('sem_trywait', this.name, libc().errno());
    if (failure.code === 'EAGAIN' || failure.code === 'EINTR') return false;
    throw failure;
  }

  /** Takes one, waiting off the event loop for at most `timeoutMs`. Resolves to whether it got one. */
  async wait(timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    while (!this.tryWait()) {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      if (await this.#sleep(Math.min(left, longestWaitMs))) return true;
    }
    return true;
  }

  /**
   * The same as the textbook has it: nothing else of this process goes on meanwhile. For the lessons, whose processes
   * have nothing else to do; keep `timeoutMs` to milliseconds.
   */
  waitBlocking(timeoutMs: number): boolean {
    const until = deadlineIn(timeoutMs);
    const address = libc().addressOf(new Uint8Array(until.buffer));
    return this.tryWait() || this.#waited(calls().sem_timedwait(this.#open(), address));
  }

  /** Removes the name; those who have it open go on. Idempotent. */
  unlink(): void {
    if (calls().sem_unlink(this.name) === 0) return;
    const failure = posixError('sem_unlink', this.name, libc().errno());
    if (failure.code !== 'ENOENT') throw failure;
  }

  /** Idempotent. Nobody may be waiting in this process. */
  close(): void {
    if (this.#semaphore === undefined) return;
    this.#check('sem_close', calls().sem_close(this.#semaphore));
    this.#semaphore = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #sleep(ms: number): Promise<boolean> {
    const until = deadlineIn(ms);
    const address = libc().addressOf(new Uint8Array(until.buffer));
    return new Promise((resolve, reject) => {
      calls().sem_timedwait.async(this.#open(), address, (error, result) => {
        if (error || until.length === 0) return reject(error);
        try {
          resolve(this.#waited(result));
        } catch (failure) {
          reject(failure);
        }
      });
    });
  }

  /** Whether sem_timedwait took one. */
  #waited(result: number): boolean {
    if (result === 0) return true;
    const failure = posixError('sem_timedwait', this.name, libc().errno());
    if (failure.code === 'ETIMEDOUT' || failure.code === 'EINTR') return false;
    throw failure;
  }

  #open(): Address {
    if (this.#semaphore === undefined) throw new Error(`semaphore ${this.name} is closed`);
    return this.#semaphore;
  }

  #check(call: string, result: number): void {
    if (result !== 0) throw posixError(call, this.name, libc().errno());
  }
}

function opened(name: string, semaphore: Address): Address {
  if (Number(semaphore) === 0) throw posixError('sem_open', `"${name}"`, libc().errno());
  return semaphore;
}
