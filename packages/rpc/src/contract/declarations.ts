import * as v from 'valibot';

/** A synchronous valibot schema. It runs on both sides of a port, so a second run must not change the value again. */
export type Schema = v.GenericSchema;
export type Schemas = readonly Schema[];

/** Limit of one method. */
interface Bounds {
  /** Most estimated bytes of one message. A larger one is a bad message. Default: the contract's limit. */
  maxBytes?: number | undefined;
}

/** Declaration of a call, made by `call`. */
export interface CallDeclaration<Input extends Schemas = Schemas, Output extends Schema = Schema> extends Bounds {
  kind: 'call';
  input: Input;
  output: Output;
  /** Time from the call to its DeadlineError if the caller sets none. Infinity for no deadline. */
  deadlineMs?: number | undefined;
}

/** Declaration of a push, made by `push`. */
export interface PushDeclaration<Input extends Schemas = Schemas> extends Bounds {
  kind: 'push';
  input: Input;
}

/** Declaration of a stream, made by `stream`. */
export interface StreamDeclaration<Input extends Schemas = Schemas, Item extends Schema = Schema> extends Bounds {
  kind: 'stream';
  input: Input;
  item: Item;
  /** Most items that may be in transit or wait at the reader. Beyond that, the source waits. */
  highWaterMark?: number | undefined;
}

/** Parts of the declaration of a call. */
interface CallOptions extends Bounds {
  input?: Schemas;
  output?: Schema;
  deadlineMs?: number | undefined;
}

/** Parts of the declaration of a stream. */
interface StreamOptions extends Bounds {
  input?: Schemas;
  item: Schema;
  highWaterMark?: number | undefined;
}

type InputOf<Options> = Options extends { input: infer Input extends Schemas } ? Input : [];
type OutputOf<Options> = Options extends { output: infer Output extends Schema }
  ? Output
  : v.UndefinedSchema<undefined>;

/**
 * Declares a request with one reply. Without `output`, the reply has no value and only says that the call is done.
 * @param options schemas of the arguments and the reply; `deadlineMs`: ms until the caller's DeadlineError; `maxBytes`:
 *   estimated bytes of a message
 * @returns the declaration, for `calls` of a contract
 */
export function call<const Options extends CallOptions = Record<never, never>>(
  options?: Options,
): CallDeclaration<InputOf<Options>, OutputOf<Options>> {
  const { input = [], output = v.undefined(), ...rest } = options ?? {};
  // These defaults match InputOf and OutputOf, which the compiler cannot check.
  return { kind: 'call', input: input as InputOf<Options>, output: output as OutputOf<Options>, ...rest };
}

/**
 * Declares a one-way message. It is delivered in order, or not at all if the peer is gone.
 * @param input schemas of the arguments
 * @param bounds `maxBytes`: estimated bytes of a message
 * @returns the declaration, for `pushes` of a contract
 */
export function push<const Input extends Schemas>(input: Input, bounds: Bounds = {}): PushDeclaration<Input> {
  return { kind: 'push', input, ...bounds };
}

/**
 * Declares a subscription. Items flow from server to caller until one of them ends it, never faster than they are read.
 * @param options schemas of the arguments and the items; `highWaterMark`: items that may be in transit or wait at the
 *   reader
 * @returns the declaration, for `streams` of a contract
 */
export function stream<const Options extends StreamOptions>(
  options: Options,
): StreamDeclaration<InputOf<Options>, Options['item']> {
  const { input = [], ...rest } = options;
  return { kind: 'stream', ...rest, input: input as InputOf<Options> };
}

/**
 * 'full': our own process; 'limited': ours, but confined and possibly compromised; 'none': assume a hostile process.
 */
export type Trust = 'full' | 'limited' | 'none';

/** Limits on what one side of a port takes from the other. A message beyond them is bad, unless noted otherwise. */
export interface LimitsDeclaration {
  /** Most estimated bytes of arguments, a reply or an item. */
  maxBytes?: number;
  /** Sustained messages a second, plus a burst of as many. */
  messagesPerSecond?: number;
  /**
   * Estimated bytes a second of whole messages, plus a burst of as many. A single larger message is a bad message. Only
   * for a peer that is not fully trusted.
   */
  bytesPerSecond?: number;
  /** Most calls that run at once. One more is answered with a LimitError. */
  maxCalls?: number;
  /** Most streams that are open at once. One more is answered with a LimitError. */
  maxStreams?: number;
  /** Most callbacks of the other side that are held at once. */
  maxCallbacks?: number;
  /**
   * Most bytes that the other side may leave unread. Beyond that, pushes are dropped, and a reply may end the
   * connection.
   */
  maxUnreadBytes?: number;
}

/** Methods of a contract, its two sides and its limits. */
export interface ContractDefinition {
  version: number;
  /** Name of the process that serves the contract, for documentation and errors. */
  server: string;
  /** Name of the process that calls it, for documentation and errors. */
  caller: string;
  /** How far the server trusts the caller. */
  trust: Trust;
  /** How far the caller trusts the server. Default: 'full'. */
  serverTrust?: Trust;
  /** When the port opens and closes, for documentation. */
  lifetime: string;
  limits?: LimitsDeclaration;
  calls?: Record<string, CallDeclaration>;
  pushes?: { toServer?: Record<string, PushDeclaration>; toCaller?: Record<string, PushDeclaration> };
  streams?: Record<string, StreamDeclaration>;
}

/** Contract of a port, made by `contract`. */
export interface Contract<Definition extends ContractDefinition = ContractDefinition> {
  readonly name: string;
  readonly definition: Definition;
}
