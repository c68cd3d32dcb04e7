/**
 * Declarations of contracts, and the types derived from them. No transport, no Comlink: a package of contracts imports
 * only this.
 */

export type { Contract, ContractDefinition, LimitsDeclaration, Trust } from './contract/declarations.ts';
export {
  type CallDeclaration,
  call,
  type PushDeclaration,
  push,
  type Schema,
  type Schemas,
  type StreamDeclaration,
  stream,
} from './contract/declarations.ts';
export { contract } from './contract/define.ts';
export type {
  CallContext,
  CallOptions,
  Handlers,
  InputArguments,
  OutputArguments,
  PushContext,
  RemoteCalls,
  RemoteStreams,
  Sink,
  StreamContext,
  StreamOptions,
} from './contract/derive.ts';
export { callback, port, type TransferablePort } from './contract/handles.ts';
export { methodSnapshot, type PortSnapshot, portSnapshot } from './taps/snapshot.ts';
