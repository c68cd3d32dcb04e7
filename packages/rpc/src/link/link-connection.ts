import type { PortCounters } from '../taps/counters.ts';
import type { TapListener, TapOptions } from '../taps/taps.ts';
import type { CloseReason, Connection } from './connection.ts';
import type { Link } from './link.ts';
import type { PeerView } from './peer.ts';

/** Public view of a link. */
export class LinkConnection implements Connection {
  readonly peer: PeerView;
  readonly counters: PortCounters;
  readonly opened: Promise<void>;
  readonly closed: Promise<CloseReason>;
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
    this.peer = link.peer;
    this.counters = link.meter.counters;
    this.opened = link.opened;
    this.closed = link.closed;
  }

  get ended(): CloseReason | undefined {
    return this.#link.ended;
  }

  tap(listener: TapListener, options?: TapOptions): () => void {
    return this.#link.meter.tap(listener, options);
  }

  close(): void {
    this.#link.close();
  }
}
