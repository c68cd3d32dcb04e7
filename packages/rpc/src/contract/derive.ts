import type * as v from 'valibot';
import type { PeerView } from '../link/peer.ts';
import type {
  CallDeclaration,
  Contract,
  ContractDefinition,
  PushDeclaration,
  Schema,
  Schemas,
  StreamDeclaration,
} from './declarations.ts';

type AllInputs<Input extends Schemas> = { -readonly [Index in keyof Input]: v.InferInput<Input[Index]> };
type AllOutputs<Input extends Schemas> = { -readonly [Index in keyof Input]: v.InferOutput<Input[Index]> };

/** Arguments that the sender passes. Trailing arguments that may be undefined may be left out. */
export type InputArguments<Input extends Schemas> = Input extends readonly [
  ...infer Head extends Schemas,
  infer Last extends Schema,
]
  ? undefined extends v.InferInput<Last>
    ? InputArguments<Head> | AllInputs<Input>
    : AllInputs<Input>
  : AllInputs<Input>;

/** Parsed arguments that the receiver gets. */
export type OutputArguments<Input extends Schemas> = AllOutputs<Input>;

/** Settings of one call, after its arguments. */
export interface CallOptions {
  /** Ends the call with the signal's reason and tells the server. */
  signal?: AbortSignal;
  /** Time to the DeadlineError, in place of the contract's. */
  deadlineMs?: number;
}

/** Settings of one subscription, after its arguments. */
export interface StreamOptions {
  signal?: AbortSignal;
  /** Most items in transit or waiting here, in place of the contract's. */
  highWaterMark?: number;
}

/** Last argument of a call's handler, after the declared arguments. */
export interface CallContext {
  /** Aborts when the caller cancels, when its deadline passes or when it is gone. */
  readonly signal: AbortSignal;
  readonly peer: PeerView;
}

/** Last argument of a push's handler, after the declared arguments. */
export interface PushContext {
  readonly peer: PeerView;
}

/** Target for a stream's items. Its methods never throw: an item that cannot be sent ends the stream. */
export interface Sink<Item> {
  /**
   * Sends an item. Resolves when the reader has room again, so await it.
   * @param item as the contract declares it
   * @throws when the stream has ended
   */
  push(item: Item): Promise<void>;
  /**
   * Sends an item if the reader has room. Otherwise drops it.
   * @param item as the contract declares it
   * @returns false if the item was dropped
   */
  offer(item: Item): boolean;
  /**
   * Sends an item as soon as there is room. A later item replaces one that still waits. For state, not events.
   * @param item as the contract declares it
   */
  latest(item: Item): void;
  /** Resolves when the stream has ended for any reason. */
  readonly closed: Promise<void>;
}

/** Last argument of a stream's handler, after the declared arguments. */
export interface StreamContext<Item> extends CallContext {
  readonly sink: Sink<Item>;
}

type MaybePromise<Value> = Value | Promise<Value>;

/** Handler of a call: returns the declared output or a promise of it. Without `output`, its return value is ignored. */
export type CallHandler<Declaration> =
  Declaration extends CallDeclaration<infer Input, infer Output>
    ? [v.InferInput<Output>] extends [undefined]
      ? (...args: [...OutputArguments<Input>, CallContext]) => void
      : (...args: [...OutputArguments<Input>, CallContext]) => MaybePromise<v.InferInput<Output>>
    : never;

export type PushHandler<Declaration> =
  Declaration extends PushDeclaration<infer Input>
    ? (...args: [...OutputArguments<Input>, PushContext]) => void
    : never;

/** Handler of a stream: returns an async iterable, or fills the sink and ends the stream by resolving. */
export type StreamHandler<Declaration> =
  Declaration extends StreamDeclaration<infer Input, infer Item>
    ? (
        ...args: [...OutputArguments<Input>, StreamContext<v.InferInput<Item>>]
      ) => AsyncIterable<v.InferInput<Item>> | Promise<void>
    : never;

type Calls<Definition extends ContractDefinition> = Definition extends { calls: infer Group } ? Group : unknown;
type Streams<Definition extends ContractDefinition> = Definition extends { streams: infer Group } ? Group : unknown;
type Pushes<Definition extends ContractDefinition, Direction extends 'toServer' | 'toCaller'> = Definition extends {
  pushes: { [Key in Direction]: infer Group };
}
  ? Group
  : unknown;

/** Handlers for `serve`: one function for each call, push to the server and stream. */
export type Handlers<C extends Contract> = {
  [Method in keyof Calls<C['definition']>]: CallHandler<Calls<C['definition']>[Method]>;
} & {
  [Method in keyof Pushes<C['definition'], 'toServer'>]: PushHandler<Pushes<C['definition'], 'toServer'>[Method]>;
} & {
  [Method in keyof Streams<C['definition']>]: StreamHandler<Streams<C['definition']>[Method]>;
};

type RemoteCall<Declaration> =
  Declaration extends CallDeclaration<infer Input, infer Output>
    ? (
        ...args: InputArguments<Input> | [...AllInputs<Input>, CallOptions | undefined]
      ) => Promise<v.InferOutput<Output>>
    : never;

type RemoteStream<Declaration> =
  Declaration extends StreamDeclaration<infer Input, infer Item>
    ? (
        ...args: InputArguments<Input> | [...AllInputs<Input>, StreamOptions | undefined]
      ) => AsyncIterableIterator<v.InferOutput<Item>>
    : never;

type SendPush<Declaration> =
  Declaration extends PushDeclaration<infer Input> ? (...args: InputArguments<Input>) => boolean : never;

type ListenToPush<Declaration> =
  Declaration extends PushDeclaration<infer Input>
    ? (listener: (...args: OutputArguments<Input>) => void) => () => void
    : never;

export type RemoteCalls<C extends Contract> = {
  readonly [Method in keyof Calls<C['definition']>]: RemoteCall<Calls<C['definition']>[Method]>;
};

export type RemoteStreams<C extends Contract> = {
  readonly [Method in keyof Streams<C['definition']>]: RemoteStream<Streams<C['definition']>[Method]>;
};

/** Each returns whether the push was sent. It is not if the connection has ended or the peer leaves too much unread. */
export type PushSenders<C extends Contract, Direction extends 'toServer' | 'toCaller'> = {
  readonly [Method in keyof Pushes<C['definition'], Direction>]: SendPush<Pushes<C['definition'], Direction>[Method]>;
};

export type PushListeners<C extends Contract> = {
  readonly [Method in keyof Pushes<C['definition'], 'toCaller'>]: ListenToPush<
    Pushes<C['definition'], 'toCaller'>[Method]
  >;
};
