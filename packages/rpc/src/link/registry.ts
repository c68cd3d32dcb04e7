import type { PortCounters } from '../taps/counters.ts';
import type { PeerView } from './peer.ts';

/** One end of an open port in this process. */
export interface OpenConnection {
  readonly contract: string;
  readonly version: number;
  readonly role: 'server' | 'caller';
  readonly peer: PeerView;
  readonly counters: PortCounters;
  readonly openedAt: number;
}

/** Holds every open port, too: one that is garbage-collected closes. */
const open = new Set<OpenConnection>();

export const register = (connection: OpenConnection): void => void open.add(connection);
export const unregister = (connection: OpenConnection): void => void open.delete(connection);

/** Every port of this process that is open now, for inspectors and for tests that nothing is left behind. */
export const openConnections = (): readonly OpenConnection[] => [...open];
