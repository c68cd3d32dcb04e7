export interface HeartbeatOptions {
  /** Milliseconds from one ping to the next. */
  intervalMs: number;
  /** Milliseconds without an answer after which the peer is unresponsive. */
  deadlineMs: number;
}

export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 1000, deadlineMs: 3000 };

/** Beats since a watch began. */
export interface BeatCounts {
  sent: number;
  answered: number;
  /** Not answered within the deadline. A late answer does not take it back. */
  lost: number;
  /** The longest time between two answers, the one that is running now included. */
  longestGapMs: number;
  longestRoundTripMs: number;
}

export interface BeatWatch {
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
 * Pings the peer's event loop and tells whether it answers. One interval timer; its own lateness is never held against
 * the peer: when this side was blocked or suspended, answers may be waiting unread. It may rest: nobody is pinged then,
 * and nothing is known or counted.
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
    // Beating alone keeps no process alive. Only Node's timers know that notion.
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
   * True: it rests from its next beat on, once the peer has answered every ping, and for as long as nobody watches it.
   * False: it beats, at once if it rested.
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

  /** The peer has answered everything, and nobody counts its beats. */
  get #hasNothingToDo(): boolean {
    return this.responsive && this.#outstanding.size === 0 && ![...this.#watches].some((watch) => watch.keepsAwake);
  }

  /** An answer arrived. Answers to pings never sent, or answered before, are ignored. */
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
    // Answers come in order: older ones without an answer will have none.
    for (const earlier of this.#outstanding.keys()) {
      if (earlier < sequence) this.#outstanding.delete(earlier);
    }
    this.#change(true);
  }

  /** `keepsAwake`: it beats for as long as this watch goes on. */
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
    // Late by more than half an interval: this side was not running. Judge at the next tick, when the queue is read.
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
    // A stopped process reads nothing: pings would pile up at its end. The ones it has will be answered when it wakes.
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
