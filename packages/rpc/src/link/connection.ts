import type { BadMessageError, RpcError } from '../errors.ts';
import type { PortCounters } from '../taps/counters.ts';
import type { TapListener, TapOptions } from '../taps/taps.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import type { PeerDescription, PeerView } from './peer.ts';

/** Settings of one end of a port. */
export interface ConnectionOptions {
  /** Default: named by the contract's name of that side. */
  peer?: PeerDescription;
  /** Default: one ping a second, unresponsive after 3 s. False for no heartbeat. */
  heartbeat?: Partial<HeartbeatOptions> | false;
  /**
   * Called when the peer sent what the contract does not allow. The port to a peer that is not fully trusted has closed
   * by then. End the peer's process here, but after this event.
   */
  onBadMessage?: (error: BadMessageError) => void;
  /**
   * Called when a handler or listener of this side threw and no caller waits. Default: the error is rethrown, uncaught.
   */
  onHandlerError?: (error: unknown) => void;
}

/** Why a connection ended; its pending calls were rejected with `error`. */
export interface CloseReason {
  by: 'this side' | 'the peer' | 'its death' | 'a bad message' | 'a mismatch';
  error: RpcError;
}

/** Common interface of both ends of a port. */
export interface Connection {
  readonly peer: PeerView;
  readonly counters: PortCounters;
  /** Resolves when both sides have agreed on the contract. Rejects with the reason if the connection ends before. */
  readonly opened: Promise<void>;
  /** Resolves when the connection has ended. Never rejects. */
  readonly closed: Promise<CloseReason>;
  /** Why the connection ended; undefined while it is open. */
  readonly ended: CloseReason | undefined;
  /**
   * Calls back for each message of this end.
   * @param listener gets the envelope of a message
   * @param options `payload`: true for the payload too
   * @returns a function that stops it
   */
  tap(listener: TapListener, options?: TapOptions): () => void;
  /** Ends the connection from this side. Pending calls reject with ClosedError, and the peer is told. */
  close(): void;
}
