/** Typed, guarded message ports for pages, preloads, workers, Node and Electron. */
export { release } from './calls/callbacks.ts';
export { connect, type Remote } from './connect.ts';
export type { Endpoint } from './endpoint.ts';
export { messagePortEndpoint } from './endpoints/message-port.ts';
export * from './errors.ts';
export type { CloseReason, Connection, ConnectionOptions } from './link/connection.ts';
export type { BeatCounts, BeatWatch, HeartbeatOptions } from './link/heartbeat.ts';
export type { PeerDescription, PeerView } from './link/peer.ts';
export { type OpenConnection, openConnections } from './link/registry.ts';
export { type Served, serve } from './serve.ts';
export type { Envelope, MethodCounters, MethodKind, PortCounters } from './taps/counters.ts';
export { type PortSnapshot, snapshotPort } from './taps/snapshot.ts';
export { type TapListener, type TapOptions, tapAll } from './taps/taps.ts';
export { sizeOf, tooLarge } from './wire/size.ts';
