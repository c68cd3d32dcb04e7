import * as v from 'valibot';

/** A synchronous valibot schema. It runs on both sides of a port, so what it changes must not change again. */
export type Schema = v.GenericSchema;
export type Schemas = readonly Schema[];

interface Bounds {
  /** Estimated bytes of one message; more is a bad message. Default: the contract's limit. */
  maxBytes?: number | undefined;
}

export interface CallDeclaration<Input extends Schemas = Schemas, Output extends Schema = Schema> extends Bounds {
  kind: 'call';
  input: Input;
  output: Output;
  /** Milliseconds from the call to its DeadlineError, when the caller names none. Infinity for none. */
  deadlineMs?: number | undefined;
}

export interface PushDeclaration<Input extends Schemas = Schemas> extends Bounds {
  kind: 'push';
  input: Input;
}

export interface StreamDeclaration<Input extends Schemas = Schemas, Item extends Schema = Schema> extends Bounds {
  kind: 'stream';
  input: Input;
  item: Item;
  /** Items that may be on the way or waiting at the reader; then the source waits. */
  highWaterMark?: number | undefined;
}

interface CallOptions extends Bounds {
  input?: Schemas;
  output?: Schema;
  deadlineMs?: number | undefined;
}

interface StreamOptions extends Bounds {
  input?: Schemas;
  item: Schema;
  highWaterMark?: number | undefined;
}

type InputOf<Options> = Options extends { input: infer Input extends Schemas } ? Input : [];
type OutputOf<Options> = Options extends { output: infer Output extends Schema }
  ? Output
  : v.UndefinedSchema<undefined>;

/** A request and its one reply. Without `output` it replies nothing, but says when it is done. */
export function call<const Options extends CallOptions = Record<never, never>>(
  options?: Options,
): CallDeclaration<InputOf<Options>, OutputOf<Options>> {
  const { input = [], output = v.undefined(), ...rest } = options ?? {};
  // The defaults are those of InputOf and OutputOf, which the compiler cannot see.
  return { kind: 'call', input: input as InputOf<Options>, output: output as OutputOf<Options>, ...rest };
}

/** One way, no reply: delivered in order, or not at all when the peer is gone. */
export function push<const Input extends Schemas>(input: Input, bounds: Bounds = {}): PushDeclaration<Input> {
  return { kind: 'push', input, ...bounds };
}

/** A subscription: items flow from server to caller until one of them ends it, never faster than they are read. */
export function stream<const Options extends StreamOptions>(
  options: Options,
): StreamDeclaration<InputOf<Options>, Options['item']> {
  const { input = [], ...rest } = options;
  return { kind: 'stream', ...rest, input: input as InputOf<Options> };
}

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
