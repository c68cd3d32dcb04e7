import type { CallDeclaration, PushDeclaration, StreamDeclaration } from './declarations.ts';
import { checkSchemas } from './schemas.ts';

/** 'full': ours; 'limited': ours but confined, may be compromised; 'none': assume it is hostile. */
export type Trust = 'full' | 'limited' | 'none';

/** Bounds on what one side of a port takes from the other. What exceeds them is a bad message, unless said otherwise. */
export interface LimitsDeclaration {
  /** Estimated bytes of arguments, a reply or an item. */
  maxBytes?: number;
  /** Sustained messages a second, with a burst of one second's worth on top. */
  messagesPerSecond?: number;
  /**
   * Estimated bytes a second of whole messages, with a burst of one second's worth on top: one message that is larger
   * is a bad one. Only for a peer that is not fully trusted.
   */
  bytesPerSecond?: number;
  /** Calls running at once; one more is answered with a LimitError. */
  maxCalls?: number;
  /** Streams open at once; one more is answered with a LimitError. */
  maxStreams?: number;
  /** Callbacks of the other side that are held at once. */
  maxCallbacks?: number;
  /** Bytes that the other side may leave unread. Then pushes are dropped, and a reply ends the connection. */
  maxUnreadBytes?: number;
}

export interface ContractDefinition {
  version: number;
  /** Which process serves it, for people. */
  server: string;
  /** Which process calls it, for people. */
  caller: string;
  /** How far the server trusts the caller. */
  trust: Trust;
  /** How far the caller trusts the server: 'full' unless said. */
  serverTrust?: Trust;
  /** When the port opens and closes, for people. */
  lifetime: string;
  limits?: LimitsDeclaration;
  calls?: Record<string, CallDeclaration>;
  pushes?: { toServer?: Record<string, PushDeclaration>; toCaller?: Record<string, PushDeclaration> };
  streams?: Record<string, StreamDeclaration>;
}

export interface Contract<Definition extends ContractDefinition = ContractDefinition> {
  readonly name: string;
  readonly definition: Definition;
}

const methodName = /^[a-z][A-Za-z0-9]{0,63}$/;

/**
 * Declares a port. The name and version are compared in the opening handshake. Throws when a method's name is not
 * plain camel case, when one name is used twice towards the server, or when a schema cannot run on both sides.
 */
export function contract<const Definition extends ContractDefinition>(
  name: string,
  definition: Definition,
): Contract<Definition> {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) throw new Error(`contract ${name}: the name must be kebab case`);
  if (!Number.isSafeInteger(definition.version)) throw new Error(`contract ${name}: the version must be an integer`);
  const { calls = {}, pushes = {}, streams = {} } = definition;
  const towardsServer = [calls, pushes.toServer ?? {}, streams].flatMap((group) => Object.keys(group));
  for (const method of [...towardsServer, ...Object.keys(pushes.toCaller ?? {})]) {
    if (!methodName.test(method)) throw new Error(`contract ${name}: ${method} is not a method name`);
  }
  const twice = towardsServer.find((method, index) => towardsServer.indexOf(method) !== index);
  if (twice) throw new Error(`contract ${name}: ${twice} is declared twice`);
  for (const group of [calls, pushes.toServer, pushes.toCaller, streams]) {
    for (const [method, declaration] of Object.entries(group ?? {})) checkSchemas(`${name}.${method}`, declaration);
  }
  return Object.freeze({ name, definition });
}
