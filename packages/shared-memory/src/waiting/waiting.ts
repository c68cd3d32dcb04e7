/**
 * Waits for an event in shared memory without blocking the event loop: checks, spins for a bounded time, then sleeps
 * until a futex or a message on a port wakes it.
 *
 * A signal has two words, each on its own cache line:
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | count | notifier | number of events so far, modulo 2^32 |
 * | 64 | asleep | waiter | 1 while it sleeps or is about to: only then must the notifier wake it |
 *
 * The waiter sets `asleep` before it reads `count` a last time. The notifier increments `count` before it reads
 * `asleep`. So one of the two always notices. A hostile peer can do little harm: a wrong `count` is a spurious event, a
 * wrong `asleep` is a needless wake or a sleep until the time-out.
 */
import type { Arena } from '../segment/arena.ts';
import { checkCount, checkTime } from '../segment/arguments.ts';
import { type RegionDescriptor, wordAlignment } from '../segment/descriptors.ts';
import type { Region } from '../segment/region.ts';
import { futexWait, futexWake } from './futex.ts';

const countWord = 0;
const asleepWord = 16;
export const signalBytes = 128;

/** Way to sleep and to wake, after spinning was not enough. */
export interface Sleeper {
  /** Ends the peer's sleep. For the notifier. */
  wake(): void;
  /**
   * Sleeps until woken, `timeoutMs` at most; may also wake spuriously. For the waiter. It must notice a wake that comes
   * after the count was `seen` and before the sleep begins.
   * @param seen count at which to sleep
   * @param timeoutMs longest sleep, ms
   */
  sleep(seen: number, timeoutMs: number): Promise<void>;
}

/** Bounds of a wait. */
export interface WaitOptions {
  /** Longest wait. */
  readonly timeoutMs: number;
  /** Longest spin before it sleeps. Blocks the event loop meanwhile. Default: 20. */
  readonly spinUs?: number;
}

/** Longest spin that is allowed, microseconds: one frame of a 60 Hz display. */
const mostSpinUs = 16_000;

/** Signals events from one process to another. The notifier calls `notify`, the waiter `count` and `wait`. */
export class Signal {
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #sleeper: Sleeper;
  readonly #region: Region;

  /**
   * Starts one side of a signal.
   * @param region `signalBytes` bytes, zero at first
   * @param sleeper the same kind on both sides
   */
  constructor(region: Region, sleeper: (words: Uint32Array<SharedArrayBuffer>) => Sleeper) {
    this.#region = region;
    this.#words = region.words(0, signalBytes);
    this.#sleeper = sleeper(this.#words);
  }

  /** Number of events so far, modulo 2^32. */
  get count(): number {
    this.#region.assertUsable();
    return Atomics.load(this.#words, countWord);
  }

  /** Signals one event. A waiter that sees it also sees everything written to shared memory before it. */
  notify(): void {
    this.#region.assertUsable();
    Atomics.add(this.#words, countWord, 1);
    if (Atomics.load(this.#words, asleepWord) !== 0) this.#sleeper.wake();
  }

  /**
   * Waits until the count differs from `seen`.
   * @param seen count that the caller has handled
   * @param options `timeoutMs`: longest wait, ms; `spinUs`: longest spin before it sleeps, microseconds
   * @returns false after the time-out
   * @throws RangeError or TypeError for an argument, ClosedMemoryError if the memory is released meanwhile (noticed
   *   when the sleep ends)
   */
  async wait(seen: number, { timeoutMs, spinUs = 20 }: WaitOptions): Promise<boolean> {
    checkCount(seen, 0xffff_ffff, 'the count that was seen');
    checkTime(timeoutMs, 'the time-out in ms');
    checkTime(spinUs, 'the time to spin in us');
    if (spinUs > mostSpinUs) throw new RangeError(`spinning for ${spinUs} us would block the event loop`);
    if (this.#spin(seen, spinUs)) return true;
    const deadline = performance.now() + timeoutMs;
    Atomics.store(this.#words, asleepWord, 1);
    try {
      for (;;) {
        if (this.count !== seen) return true;
        const left = deadline - performance.now();
        if (left <= 0) return false;
        await this.#sleeper.sleep(seen, left);
      }
    } finally {
      Atomics.store(this.#words, asleepWord, 0);
    }
  }

  #spin(seen: number, spinUs: number): boolean {
    if (this.count !== seen) return true;
    const end = performance.now() + spinUs / 1000;
    while (performance.now() < end) {
      for (let look = 0; look < 50; look += 1) if (this.count !== seen) return true;
    }
    return false;
  }
}

/** Longest sleep in a pool thread, so that it does not delay the end of its process. */
const longestSleepMs = 250;

/**
 * Sleeps in the kernel, in a pool thread. For plugins and plain Node processes; the browser uses `doorbellSleeper`.
 * @param words of the signal
 * @returns a sleeper for `Signal`
 * @see futex(2), FUTEX_WAIT without FUTEX_PRIVATE_FLAG
 */
export function futexSleeper(words: Uint32Array<SharedArrayBuffer>): Sleeper {
  return {
    wake: () => void futexWake(words, countWord),
    sleep: async (seen, timeoutMs) => {
      await futexWait(words, countWord, seen, Math.min(timeoutMs, longestSleepMs));
    },
  };
}

/**
 * The part of a port that a doorbell needs. Node's MessagePort and Electron's MessagePortMain and ParentPort have it.
 */
export interface BellPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: () => void): unknown;
}

/**
 * Sleeps until a message comes. Use the port for nothing else: any message on it is a wake, and its content is ignored.
 * @param port used for nothing else
 * @returns a sleeper for `Signal`
 */
export function doorbellSleeper(port: BellPort): (words: Uint32Array<SharedArrayBuffer>) => Sleeper {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  let deadline = 0;
  let armedFor = Number.POSITIVE_INFINITY;
  /** One timer for all sleeps: a new timer for each sleep would cost as much as the message. */
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => {
    clearTimeout(timer);
    armedFor = deadline;
    timer = setTimeout(check, deadline - performance.now());
    timer.unref();
  };
  const check = (): void => {
    armedFor = Number.POSITIVE_INFINITY;
    if (!wakeUp) return;
    if (performance.now() < deadline) arm();
    else end();
  };
  const end = (): void => {
    const wake = wakeUp;
    wakeUp = undefined;
    wake?.();
  };
  port.on('message', () => {
    if (wakeUp) end();
    else rung = true;
  });
  return () => ({
    wake: () => port.postMessage(0),
    sleep: (_seen, timeoutMs) => {
      if (rung) {
        rung = false;
        return Promise.resolve();
      }
      deadline = performance.now() + timeoutMs;
      if (deadline < armedFor) arm();
      return new Promise((resolve) => {
        wakeUp = resolve;
      });
    },
  });
}

/**
 * Allocates a signal in an arena. The descriptor is for the peer's `arena.region`.
 * @param arena that this process owns
 * @returns `region` for this side, `descriptor` for the peer
 * @throws ArenaFullError
 */
export function allocateSignal(arena: Arena): { readonly region: Region; readonly descriptor: RegionDescriptor } {
  const region = arena.allocate('read-write', signalBytes, wordAlignment);
  region.bytes().fill(0);
  return { region, descriptor: region.descriptor };
}
