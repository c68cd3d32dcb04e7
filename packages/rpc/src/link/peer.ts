import type { Death } from '../errors.ts';
import { type BeatWatch, defaultHeartbeat, Heartbeat, type HeartbeatOptions } from './heartbeat.ts';

/** Description of the process at a port's other end, given by the port's owner. */
export interface PeerDescription {
  /** Name for errors and logs: 'tab 7'. */
  name: string;
  pid?: number;
  /**
   * Resolves with how the process died. Errors then have the reason; without it, they only say that the port closed.
   */
  died?: Promise<Death>;
}

/** The process at the other end, as handlers and owners of a connection see it. */
export interface PeerView {
  readonly name: string;
  readonly pid: number | undefined;
  /** False while a beat is overdue, until one is answered. */
  readonly responsive: boolean;
  /**
   * Calls back on each change.
   * @param listener gets the new value of `responsive`
   * @returns a function that stops it
   */
  onDidChangeResponsiveness(listener: (responsive: boolean) => void): () => void;
  /**
   * Starts counting beats, independently of other watches. Stop it when done.
   * @param options `keepsAwake` (the default): the heartbeat does not rest meanwhile
   * @returns the watch
   * @throws an Error if this end has no heartbeat
   */
  watchBeats(options?: { keepsAwake?: boolean }): BeatWatch;
  /**
   * Lets the heartbeat rest, or makes it beat again.
   * @param mayRest false makes it beat again
   * @throws if this end has no heartbeat
   */
  restHeartbeat(mayRest: boolean): void;
  /**
   * Changes the interval or deadline from now on.
   * @param options intervals, ms
   * @throws if this end has no heartbeat
   */
  configureHeartbeat(options: Partial<HeartbeatOptions>): void;
}

export class Peer implements PeerView {
  readonly name: string;
  readonly pid: number | undefined;
  readonly heartbeat: Heartbeat | undefined;
  readonly #listeners = new Set<(responsive: boolean) => void>();

  constructor(
    { name, pid }: PeerDescription,
    heartbeat: Partial<HeartbeatOptions> | false | undefined,
    ping: (sequence: number) => void,
  ) {
    this.name = name;
    this.pid = pid;
    if (heartbeat === false) return;
    this.heartbeat = new Heartbeat({ ...defaultHeartbeat, ...heartbeat }, ping, (responsive) => {
      for (const listener of [...this.#listeners]) listener(responsive);
    });
  }

  get responsive(): boolean {
    return this.heartbeat?.responsive ?? true;
  }

  onDidChangeResponsiveness(listener: (responsive: boolean) => void): () => void {
    // Each call adds a new function, so that the same listener can be added twice.
    const own = (responsive: boolean) => listener(responsive);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  watchBeats(options?: { keepsAwake?: boolean }): BeatWatch {
    return this.#beating().watch(options);
  }

  restHeartbeat(mayRest: boolean): void {
    this.#beating().rest(mayRest);
  }

  configureHeartbeat(options: Partial<HeartbeatOptions>): void {
    this.#beating().configure(options);
  }

  end(): void {
    this.heartbeat?.stop();
    this.#listeners.clear();
  }

  #beating(): Heartbeat {
    if (!this.heartbeat) throw new Error(`this end of the port to ${this.name} has no heartbeat`);
    return this.heartbeat;
  }
}
