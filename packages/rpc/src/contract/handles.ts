import * as v from 'valibot';
import type { Schema, Schemas } from './declarations.ts';
import type { InputArguments, OutputArguments } from './derive.ts';

/** Common interface of all kinds of message ports. Only the port's process knows its kind. */
export interface TransferablePort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** Schemas of a callback's arguments and of its reply; without `output`, it is one way. */
export interface CallbackDeclaration {
  input: Schemas;
  output: Schema | undefined;
}

/** On the sending side: a function in an outgoing message, with the declaration that guards it. */
export class OutgoingCallback {
  readonly target: (...args: unknown[]) => unknown;
  readonly declaration: CallbackDeclaration;

  constructor(target: (...args: unknown[]) => unknown, declaration: CallbackDeclaration) {
    this.target = target;
    this.declaration = declaration;
  }
}

/** On the receiving side: placeholder of a callback in a message whose schema has not been applied yet. */
export class IncomingCallback {
  readonly bind: (declaration: CallbackDeclaration) => (...args: unknown[]) => unknown;

  constructor(bind: (declaration: CallbackDeclaration) => (...args: unknown[]) => unknown) {
    this.bind = bind;
  }
}

const handles = new WeakSet<object>();

/** Returns whether a schema stands for a handle, which cannot be cloned: a callback or a port. */
export const isHandle = (schema: object): boolean => handles.has(schema);

export function isPort(value: unknown): value is TransferablePort {
  return (
    typeof value === 'object' &&
    value !== null &&
    'postMessage' in value &&
    typeof value.postMessage === 'function' &&
    'start' in value &&
    typeof value.start === 'function' &&
    'close' in value &&
    typeof value.close === 'function'
  );
}

/**
 * Schema of a port in a message. It moves to the receiver, which owns it from then on, as its process's kind of port.
 * @returns a schema, to be used in a declaration only
 */
export function port(): v.GenericSchema<TransferablePort> {
  const schema = v.custom<TransferablePort>(isPort, 'expected a port');
  handles.add(schema);
  return schema;
}

type OneWay<Input extends Schemas> = (...args: InputArguments<Input>) => void;
type TwoWay<Input extends Schemas, Output extends Schema> = (
  ...args: InputArguments<Input>
) => Promise<v.InferOutput<Output>>;

/** Callback as the sender passes it: an ordinary function. */
export type CallbackTarget<Input extends Schemas, Output extends Schema | undefined> = (
  ...args: OutputArguments<Input>
) => Output extends Schema ? v.InferInput<Output> | Promise<v.InferInput<Output>> : void;

/** Callback as the receiver gets it: a function that calls the sender's function in the sender's process. */
export type RemoteCallback<Input extends Schemas, Output extends Schema | undefined> = Output extends Schema
  ? TwoWay<Input, Output>
  : OneWay<Input>;

/**
 * Schema of a function in a message. Without `output` it is one way; with `output` the receiver awaits the reply. It
 * uses the message's own port, and is released when the receiver drops or releases it, or when the port closes.
 * @param input schemas of the function's arguments
 * @param output schema of its reply
 * @returns a schema, to be used in a declaration only
 */
export function callback<const Input extends Schemas, Output extends Schema | undefined = undefined>(
  input: Input,
  output?: Output,
): v.GenericSchema<CallbackTarget<Input, Output>, RemoteCallback<Input, Output>> {
  const declaration: CallbackDeclaration = { input, output };
  const isCallback = (value: unknown) => typeof value === 'function' || value instanceof IncomingCallback;
  const bind = (value: unknown): unknown => {
    if (value instanceof IncomingCallback) return value.bind(declaration);
    return new OutgoingCallback(value as (...args: unknown[]) => unknown, declaration);
  };
  const schema = v.pipe(
    v.custom<CallbackTarget<Input, Output>>(isCallback, 'expected a function'),
    // The output depends on the side: on the receiving side, it is the function that users get.
    v.transform((value) => bind(value) as RemoteCallback<Input, Output>),
  );
  handles.add(schema);
  return schema;
}
