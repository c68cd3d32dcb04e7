import type { Death } from '../errors.ts';
import { type BeatWatch, defaultHeartbeat, Heartbeat, type HeartbeatOptions } from './heartbeat.ts';

/** What the owner of a port knows about the process at its other end. */
export interface PeerDescription {
  /** For errors and logs: 'tab 7'. */
  name: string;
  pid?: number;
  /** Settles when that process is gone, with how. Errors then say so; without it they can only say that the port closed. */
  died?: Promise<Death>;
}

/** The process at the other end, as handlers and holders of a connection see it. */
export interface PeerView {
  readonly name: string;
  readonly pid: number | undefined;
  /** False from the moment a beat is overdue until one is answered. */
  readonly responsive: boolean;
  /** Calls back on each change; returns how to stop that. */
  onDidChangeResponsiveness(listener: (responsive: boolean) => void): () => void;
  /**
   * Starts counting beats, apart from every other watch. Stop it when done. `keepsAwake` (the default): the heartbeat does
   * not rest meanwhile. Throws when this end does not beat.
   */
  watchBeats(options?: { keepsAwake?: boolean }): BeatWatch;
  /** Lets the heartbeat rest, or has it beat again. Throws when this end does not beat. */
  restHeartbeat(mayRest: boolean): void;
  /** Beats at another pace from now on. Throws when this end does not beat. */
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
    // A listener of its own for each call, so that one can be added twice.
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
