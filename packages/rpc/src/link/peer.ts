import type { Death } from '../errors.ts';
import type { BeatWatch } from './heartbeat.ts';

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
  /** Starts counting beats, apart from every other watch. Stop it when done. */
  watchBeats(): BeatWatch;
}
