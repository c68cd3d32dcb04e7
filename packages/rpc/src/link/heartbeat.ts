/** Intervals of the pings. */
export interface HeartbeatOptions {
  /** Time between two pings. */
  intervalMs: number;
  /** Time without an answer after which the peer is unresponsive. */
  deadlineMs: number;
}

export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 1000, deadlineMs: 3000 };

/** Beats since a watch began. */
export interface BeatCounts {
  sent: number;
  answered: number;
  /** Beats that were not answered within the deadline. A late answer does not change this. */
  lost: number;
  /** Longest time between two answers, including the time since the last one. */
  longestGapMs: number;
  longestRoundTripMs: number;
}

/** Count of beats from one moment on. */
export interface BeatWatch {
  /** @returns beats since the watch began */
  counts(): BeatCounts;
  stop(): void;
}

interface WatchState extends BeatCounts {
  lastAnswerAt: number;
  keepsAwake: boolean;
}

interface Beat {
  sentAt: number;
  lost: boolean;
}

/**
 * Pings the peer's event loop and reports whether it answers. Lateness of its own timer never counts against the peer,
 * because answers may wait unread while this side is blocked or suspended. While it rests, it sends no pings and counts
 * nothing.
 */
export class Heartbeat {
  responsive = true;
  readonly #ping: (sequence: number) => void;
  readonly #onChange: (responsive: boolean) => void;
  readonly #outstanding = new Map<number, Beat>();
  readonly #watches = new Set<WatchState>();
  #options: HeartbeatOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #sequence = 0;
  #lastTickAt = 0;
  #mayRest = false;
  #isResting = false;

  constructor(options: HeartbeatOptions, ping: (sequence: number) => void, onChange: (responsive: boolean) => void) {
    this.#options = options;
    this.#ping = ping;
    this.#onChange = onChange;
  }

  start(): void {
    this.#lastTickAt = performance.now();
    this.#timer = setInterval(() => this.#tick(), this.#options.intervalMs);
    // The timer must not keep the process alive. Only Node's timers have `unref`.
    (this.#timer as { unref?: () => void }).unref?.();
    this.#beat(this.#lastTickAt);
  }

  configure(options: Partial<HeartbeatOptions>): void {
    this.#options = { ...this.#options, ...options };
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.start();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#isResting = false;
    this.#outstanding.clear();
  }

  /**
   * With true, the heartbeat rests from its next beat on, once the peer has answered every ping and while no watch
   * keeps it awake. With false, it beats, at once if it rested.
   */
  rest(mayRest: boolean): void {
    this.#mayRest = mayRest;
    if (!mayRest) this.#wake();
  }

  #wake(): void {
    if (!this.#isResting) return;
    this.#isResting = false;
    const now = performance.now();
    for (const watch of this.#watches) watch.lastAnswerAt = now;
    this.start();
  }

  /** Whether the peer has answered every ping and no watch keeps the heartbeat awake. */
  get #hasNothingToDo(): boolean {
    return this.responsive && this.#outstanding.size === 0 && ![...this.#watches].some((watch) => watch.keepsAwake);
  }

  /** Handles an answer. Ignores answers to pings that were never sent or were answered before. */
  answered(sequence: number): void {
    const beat = this.#outstanding.get(sequence);
    if (!beat) return;
    this.#outstanding.delete(sequence);
    const now = performance.now();
    for (const watch of this.#watches) {
      watch.answered += 1;
      watch.longestGapMs = Math.max(watch.longestGapMs, now - watch.lastAnswerAt);
      watch.longestRoundTripMs = Math.max(watch.longestRoundTripMs, now - beat.sentAt);
      watch.lastAnswerAt = now;
    }
    // Answers come in order, so older pings without an answer will get none.
    for (const earlier of this.#outstanding.keys()) {
      if (earlier < sequence) this.#outstanding.delete(earlier);
    }
    this.#change(true);
  }

  /** Starts counting beats. `keepsAwake`: the heartbeat does not rest during this watch. */
  watch({ keepsAwake = true } = {}): BeatWatch {
    if (keepsAwake) this.#wake();
    const now = performance.now();
    const state: WatchState = {
      sent: 0,
      answered: 0,
      lost: 0,
      longestGapMs: 0,
      longestRoundTripMs: 0,
      lastAnswerAt: now,
      keepsAwake,
    };
    this.#watches.add(state);
    let stoppedAt: number | undefined;
    return {
      counts: () => {
        const { lastAnswerAt, keepsAwake: _, ...counts } = state;
        const running = this.#isResting ? 0 : (stoppedAt ?? performance.now()) - lastAnswerAt;
        return { ...counts, longestGapMs: Math.max(counts.longestGapMs, running) };
      },
      stop: () => {
        stoppedAt ??= performance.now();
        this.#watches.delete(state);
      },
    };
  }

  #tick(): void {
    const now = performance.now();
    const lateMs = now - this.#lastTickAt - this.#options.intervalMs;
    this.#lastTickAt = now;
    // Late by more than half an interval: this side was not running. Judge at the next tick, after the queue was read.
    if (lateMs > this.#options.intervalMs / 2) this.#forgive(lateMs);
    else this.#judge(now);
    if (this.#mayRest && this.#hasNothingToDo) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#isResting = true;
    } else this.#beat(now);
  }

  #forgive(lateMs: number): void {
    for (const beat of this.#outstanding.values()) beat.sentAt += lateMs;
  }

  #judge(now: number): void {
    let overdue = false;
    for (const beat of this.#outstanding.values()) {
      if (now - beat.sentAt < this.#options.deadlineMs) break;
      overdue = true;
      if (beat.lost) continue;
      beat.lost = true;
      for (const watch of this.#watches) watch.lost += 1;
    }
    if (overdue) this.#change(false);
  }

  #beat(now: number): void {
    // A stopped process does not read, so pings would pile up. It answers the earlier ones when it continues.
    if (!this.responsive) return;
    const sequence = ++this.#sequence;
    this.#outstanding.set(sequence, { sentAt: now, lost: false });
    for (const watch of this.#watches) watch.sent += 1;
    this.#ping(sequence);
  }

  #change(responsive: boolean): void {
    if (this.responsive === responsive) return;
    this.responsive = responsive;
    this.#onChange(responsive);
  }
}
