/**
 * Waiting for something in shared memory, without ever blocking the event loop: look, spin for a bounded time, then
 * sleep until woken, by a futex or by a message on a port.
 *
 * A signal has two words, each on a cache line of its own:
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | count | notifier | events so far, modulo 2^32 |
 * | 64 | asleep | waiter | 1 while it sleeps or is about to: only then is waking worth its price |
 *
 * The waiter says that it sleeps before it looks at the count a last time, and the notifier counts before it looks
 * whether the waiter sleeps: so one of the two always notices. Neither word is trusted with more than that: noise in
 * `count` is a spurious event, noise in `asleep` a superfluous wake or a sleep until the next time-out.
 */
import type { Arena } from './arena.ts';
import { checkCount, checkTime } from './arguments.ts';
import { type RegionDescriptor, wordAlignment } from './descriptors.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Region } from './region.ts';

const countWord = 0;
const asleepWord = 16;
export const signalBytes = 128;

/** How a waiter sleeps and how it is woken, once spinning has not helped. */
export interface Sleeper {
  /** The notifier's: ends the peer's sleep. */
  wake(): void;
  /**
   * The waiter's: resolves when woken, after `timeoutMs` at the latest, or spuriously. Must notice a wake that comes
   * after the count was found to be `seen` and before this has begun to sleep.
   */
  sleep(seen: number, timeoutMs: number): Promise<void>;
}

export interface WaitOptions {
  /** Gives up after this. */
  readonly timeoutMs: number;
  /** Spins at most this long before it sleeps; blocks the event loop meanwhile. Default: 20. */
  readonly spinUs?: number;
}

/** A frame: nothing may block an event loop for longer, microseconds. */
const mostSpinUs = 16_000;

/** Events from one process to one other. The notifier calls `notify`, the waiter `count` and `wait`. */
export class Signal {
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #sleeper: Sleeper;
  readonly #region: Region;

  /** `region` has `signalBytes` bytes, zero at first; `sleeper` is of the same kind on both sides. */
  constructor(region: Region, sleeper: (words: Uint32Array<SharedArrayBuffer>) => Sleeper) {
    this.#region = region;
    this.#words = region.words(0, signalBytes);
    this.#sleeper = sleeper(this.#words);
  }

  /** Events so far, modulo 2^32. */
  get count(): number {
    this.#region.assertUsable();
    return Atomics.load(this.#words, countWord);
  }

  /** One more event. What was written to shared memory before is visible to a waiter that sees it. */
  notify(): void {
    this.#region.assertUsable();
    Atomics.add(this.#words, countWord, 1);
    if (Atomics.load(this.#words, asleepWord) !== 0) this.#sleeper.wake();
  }

  /**
   * Resolves to true once the count is another than `seen`, to false after the time-out. Rejects with RangeError or
   * TypeError, and with ClosedMemoryError when the memory is let go meanwhile (noticed when the sleep ends).
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

/** No single sleep holds a pool thread for longer: a process that is to end is not kept up. */
const longestSleepMs = 250;

/** Sleeps in the kernel, in a pool thread. For plugins and plain Node processes; the browser uses a doorbell. */
export function futexSleeper(words: Uint32Array<SharedArrayBuffer>): Sleeper {
  return {
    wake: () => void futexWake(words, countWord),
    sleep: async (seen, timeoutMs) => {
      await futexWait(words, countWord, seen, Math.min(timeoutMs, longestSleepMs));
    },
  };
}

/** As much of a port as a doorbell needs: Node's MessagePort and Electron's MessagePortMain and ParentPort have it. */
export interface BellPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: () => void): unknown;
}

/** Sleeps until a message comes. The port is for this alone: whatever arrives on it is a ring, and nothing is read of it. */
export function doorbellSleeper(port: BellPort): (words: Uint32Array<SharedArrayBuffer>) => Sleeper {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  let deadline = 0;
  let armedFor = Number.POSITIVE_INFINITY;
  /** Starting and stopping a timer for each sleep would cost as much as the message: one goes on from sleep to sleep. */
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

/** Room for a signal in an arena; its descriptor is for the peer's `arena.region`. Throws ArenaFullError. */
export function allocateSignal(arena: Arena): { readonly region: Region; readonly descriptor: RegionDescriptor } {
  const region = arena.allocate('read-write', signalBytes, wordAlignment);
  region.bytes().fill(0);
  return { region, descriptor: region.descriptor };
}
