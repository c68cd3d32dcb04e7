import type { BadMessageError, RpcError } from '../errors.ts';
import type { PortCounters } from '../taps/counters.ts';
import type { TapListener, TapOptions } from '../taps/taps.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import type { PeerDescription, PeerView } from './peer.ts';

export interface ConnectionOptions {
  /** Default: named as the contract names that side. */
  peer?: PeerDescription;
  /** Default: a ping a second, unresponsive after 3 s. False for none. */
  heartbeat?: Partial<HeartbeatOptions> | false;
  /**
   * The peer sent what the contract does not allow. When it is not fully trusted, the port has closed by itself; end
   * the process here, later than this event.
   */
  onBadMessage?: (error: BadMessageError) => void;
  /** A handler or listener of this side threw where nobody waits for it. Default: rethrown on its own, uncaught. */
  onHandlerError?: (error: unknown) => void;
}

/** Why a connection ended; `error` is what its pending calls were rejected with. */
export interface CloseReason {
  by: 'this side' | 'the peer' | 'its death' | 'a bad message' | 'a mismatch';
  error: RpcError;
}

/** What both ends of a port offer. */
export interface Connection {
  readonly peer: PeerView;
  readonly counters: PortCounters;
  /** Resolves when both sides have agreed on the contract; rejects with the reason when it ends before. */
  readonly opened: Promise<void>;
  /** Settles when the connection has ended, and never rejects. */
  readonly closed: Promise<CloseReason>;
  /** Undefined while open. */
  readonly ended: CloseReason | undefined;
  /** Watches the messages of this end go by. Returns how to stop. */
  tap(listener: TapListener, options?: TapOptions): () => void;
  /** Ends it from this side: pending calls reject with ClosedError, and the peer is told. */
  close(): void;
}
