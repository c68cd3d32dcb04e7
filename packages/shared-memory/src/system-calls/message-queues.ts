import type { Address } from '../posix/libc.ts';
import { O_CLOEXEC } from '../posix/posix.ts';
import { addressOf, checked, fixed, lazily, waited } from './bind.ts';

const calls = {
  mq_open: lazily<[string, number, string, number, string, Address]>('int mq_open(const char *name, int flags, ...)'),
  mq_close: lazily<[number]>('int mq_close(int queue)'),
  mq_unlink: lazily<[string]>('int mq_unlink(const char *name)'),
  mq_getattr: lazily<[number, Address]>('int mq_getattr(int queue, intptr_t attributes)'),
  mq_send: lazily<[number, Address, number, number]>(
    'int mq_send(int queue, intptr_t message, size_t bytes, unsigned int priority)',
  ),
  mq_receive: lazily<[number, Address, number, Address]>(
    'intptr_t mq_receive(int queue, intptr_t message, size_t bytes, intptr_t priority)',
  ),
  mqSendBytes: lazily<[number, Uint8Array, number, number]>(
    'int mq_send(int queue, const uint8_t *message, size_t bytes, unsigned int priority)',
  ),
  mqReceiveBytes: lazily<[number, Uint8Array, number, Address]>(
    'intptr_t mq_receive(int queue, _Out_ uint8_t *message, size_t bytes, intptr_t priority)',
  ),
};

/** Size of a message queue (struct mq_attr). */
export interface QueueAttributes {
  /** Number of messages that fit before a sender waits, and the longest message. */
  readonly maximumMessages: number;
  readonly messageBytes: number;
}

/**
 * Opens a message queue, or creates it with O_CREAT.
 * @param name one "/", at its start
 * @param flags `O_RDWR`, `O_CREAT`, ...
 * @param mode of a new queue, such as 0o600
 * @param attributes of a new queue: number of messages, and bytes of the longest
 * @returns its descriptor
 * @throws PosixError
 * @see mq_open(3), mq_overview(7)
 */
export function mq_open(name: string, flags: number, mode = 0, attributes?: QueueAttributes): number {
  const struct = new BigInt64Array(new SharedArrayBuffer(64)); // struct mq_attr: flags, maxmsg, msgsize, curmsgs
  struct[1] = BigInt(attributes?.maximumMessages ?? 0);
  struct[2] = BigInt(attributes?.messageBytes ?? 0);
  const address = attributes ? addressOf(new Uint8Array(struct.buffer)) : 0;
  const result = calls.mq_open()(name, flags | O_CLOEXEC, 'uint32_t', mode, 'intptr_t', address);
  return checked('mq_open', `"${name}"`, result);
}

/**
 * Closes the queue in this process.
 * @param queue its descriptor
 * @see mq_close(3)
 */
export function mq_close(queue: number): void {
  checked('mq_close', `queue ${queue}`, calls.mq_close()(queue));
}

/**
 * Removes the name. The queue exists as long as any process has it open.
 * @param name one "/", at its start
 * @see mq_unlink(3)
 */
export function mq_unlink(name: string): void {
  checked('mq_unlink', `"${name}"`, calls.mq_unlink()(name));
}

/**
 * @param queue its descriptor
 * @returns the queue's attributes, and the number of messages in it now
 * @see mq_getattr(3)
 */
export function mq_getattr(queue: number): QueueAttributes & { readonly held: number } {
  const struct = new BigInt64Array(new SharedArrayBuffer(64));
  checked('mq_getattr', `queue ${queue}`, calls.mq_getattr()(queue, addressOf(new Uint8Array(struct.buffer))));
  const [, maximumMessages = 0n, messageBytes = 0n, held = 0n] = struct;
  return { maximumMessages: Number(maximumMessages), messageBytes: Number(messageBytes), held: Number(held) };
}

/**
 * Puts a message before those of lower priority. Waits while the queue is full; with O_NONBLOCK throws EAGAIN instead.
 * @param queue its descriptor
 * @param message at most the queue's `messageBytes` bytes
 * @param priority 0 or higher; messages of a higher one come first
 * @see mq_send(3)
 */
export async function mq_send(queue: number, message: Uint8Array, priority: number): Promise<void> {
  const buffer = fixed(message);
  const parameters: [number, Address, number, number] = [queue, addressOf(buffer), message.byteLength, priority];
  await waited('mq_send', `queue ${queue}`, calls.mq_send(), parameters, [buffer]);
}

/**
 * Takes the oldest message of the highest priority. Waits while there is none.
 * @param queue its descriptor
 * @param bytes at least the queue's `messageBytes`
 * @returns the message and its priority
 * @throws EMSGSIZE if `bytes` is less than the queue's `messageBytes`
 * @see mq_receive(3)
 */
export async function mq_receive(queue: number, bytes: number): Promise<{ message: Uint8Array; priority: number }> {
  const buffer = fixed(bytes);
  const priority = new Uint32Array(new SharedArrayBuffer(4));
  const priorityBytes = new Uint8Array(priority.buffer);
  const parameters: [number, Address, number, Address] = [queue, addressOf(buffer), bytes, addressOf(priorityBytes)];
  const taken = await waited('mq_receive', `queue ${queue}`, calls.mq_receive(), parameters, [buffer, priorityBytes]);
  return { message: buffer.slice(0, taken), priority: priority[0] ?? 0 };
}

/**
 * Sends, and blocks the calling thread and its event loop meanwhile. For measurements.
 * @param queue its descriptor
 * @param message at most the queue's `messageBytes` bytes
 * @see mq_send(3)
 */
export function mqSendBlocking(queue: number, message: Uint8Array): void {
  checked('mq_send', `queue ${queue}`, calls.mqSendBytes()(queue, message, message.byteLength, 0));
}

/**
 * Receives, and blocks the calling thread and its event loop meanwhile. For measurements.
 * @param queue its descriptor
 * @param buffer gets the message; at least the queue's `messageBytes` bytes
 * @returns the message's length, bytes
 * @see mq_receive(3)
 */
export function mqReceiveBlocking(queue: number, buffer: Uint8Array): number {
  return checked('mq_receive', `queue ${queue}`, calls.mqReceiveBytes()(queue, buffer, buffer.byteLength, 0));
}
