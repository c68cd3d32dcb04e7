import * as v from 'valibot';
import type { Schema, Schemas } from './declarations.ts';
import type { InputArguments, OutputArguments } from './derive.ts';

/** What every kind of message port has in common; which kind it is, only its process knows. */
export interface TransferablePort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** What a callback takes and, when it replies at all, what it replies. */
export interface CallbackDeclaration {
  input: Schemas;
  output: Schema | undefined;
}

/** On the sending side: a function on its way out, with the declaration that guards it. */
export class OutgoingCallback {
  readonly target: (...args: unknown[]) => unknown;
  readonly declaration: CallbackDeclaration;

  constructor(target: (...args: unknown[]) => unknown, declaration: CallbackDeclaration) {
    this.target = target;
    this.declaration = declaration;
  }
}

/** On the receiving side: the place of a callback in a message whose schema has not been applied yet. */
export class IncomingCallback {
  readonly bind: (declaration: CallbackDeclaration) => (...args: unknown[]) => unknown;

  constructor(bind: (declaration: CallbackDeclaration) => (...args: unknown[]) => unknown) {
    this.bind = bind;
  }
}

const handles = new WeakSet<object>();

/** Whether this schema stands for something that cannot be cloned: a callback or a port. */
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

/** A port inside a message: it moves to the receiver, who owns it from then on. Receivers get their process's own kind. */
export function port(): v.GenericSchema<TransferablePort> {
  const schema = v.custom<TransferablePort>(isPort, 'expected a port');
  handles.add(schema);
  return schema;
}

type OneWay<Input extends Schemas> = (...args: InputArguments<Input>) => void;
type TwoWay<Input extends Schemas, Output extends Schema> = (
  ...args: InputArguments<Input>
) => Promise<v.InferOutput<Output>>;

/** What the sender hands in: an ordinary function. */
export type CallbackTarget<Input extends Schemas, Output extends Schema | undefined> = (
  ...args: OutputArguments<Input>
) => Output extends Schema ? v.InferInput<Output> | Promise<v.InferInput<Output>> : void;

/** What the receiver gets: a function that calls it in the sender's process. */
export type RemoteCallback<Input extends Schemas, Output extends Schema | undefined> = Output extends Schema
  ? TwoWay<Input, Output>
  : OneWay<Input>;

/**
 * A function inside a message. Without `output` it is one way; with it the receiver awaits the reply. It travels on
 * the message's own port and is released when the receiver drops it, releases it, or the port closes.
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
    // What comes out depends on the side: on the receiver's it is the function that its users see.
    v.transform((value) => bind(value) as RemoteCallback<Input, Output>),
  );
  handles.add(schema);
  return schema;
}
