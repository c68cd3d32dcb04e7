/** Helpers for tests of code that uses rpc. They run on Node, in Vitest. */

export { describeTransport } from './describe-transport.ts';
export { describeHostilePeer, type HostileOptions } from './hostile/describe-hostile-peer.ts';
export { type MemoryPort, memoryPair } from './memory-pair.ts';
export { type ServerScript, type ServerScriptName, serverScripts } from './transport/server-scripts.ts';
export { transportTests } from './transport/suite.ts';
export type { Transport, TransportTest } from './transport/transport.ts';
