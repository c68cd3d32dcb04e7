import type { PortCounters } from '../taps/counters.ts';
import type { PeerView } from './peer.ts';

/** One end of an open port in this process. */
export interface OpenConnection {
  readonly contract: string;
  readonly version: number;
  readonly role: 'server' | 'caller';
  readonly peer: PeerView;
  readonly counters: PortCounters;
  /** Time of opening, performance.now() of this process. */
  readonly openedAt: number;
}

interface Registered extends Omit<OpenConnection, 'counters'> {
  readonly meter: { readonly counters: PortCounters };
}

/** Keeps every open port referenced, because a port that is garbage-collected closes. */
const open = new Set<Registered>();

export const register = (link: Registered): void => void open.add(link);
export const unregister = (link: Registered): void => void open.delete(link);

/** @returns the open ports of this process, for inspectors and for tests of leaks */
export const openConnections = (): readonly OpenConnection[] =>
  Array.from(open, ({ contract, version, role, peer, openedAt, meter: { counters } }) => ({
    contract,
    version,
    role,
    peer,
    openedAt,
    counters,
  }));
