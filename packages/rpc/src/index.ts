/** Typed, guarded message ports. Runs wherever there is a port: pages, preloads, workers, Node, Electron. */
export { release } from './calls/callbacks.ts';
export { connect, type Remote } from './connect.ts';
export type { Endpoint } from './endpoint.ts';
export { messagePortEndpoint } from './endpoints/message-port.ts';
export * from './errors.ts';
export type { BeatCounts, BeatWatch, HeartbeatOptions } from './link/heartbeat.ts';
export type { CloseReason, ConnectionOptions } from './link/link.ts';
export type { PeerDescription, PeerView } from './link/peer.ts';
export { type OpenConnection, openConnections } from './link/registry.ts';
export { type Connection, type Served, serve } from './serve.ts';
export type { Envelope, MethodCounters, MethodKind, PortCounters } from './taps/counters.ts';
