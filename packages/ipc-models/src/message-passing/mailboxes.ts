import { connect, type Endpoint, type Remote } from '@bulkhead/rpc';
import * as v from 'valibot';
import { mailboxBroker } from './mailbox-contract.ts';

/** The mailbox has ended, by a call or with its owner, or there was never one with that name. */
export class MailboxEndedError extends Error {
  override readonly name = 'MailboxEndedError';
}

/** The mailbox cannot be created or destroyed, or the broker has no room left. */
export class MailboxRefusedError extends Error {
  override readonly name = 'MailboxRefusedError';
  readonly reason: string;

  constructor(mailbox: string, reason: string) {
    super(`mailbox ${mailbox}: ${reason}`);
    this.reason = reason;
  }
}

export interface CreateOptions {
  /** Number of messages that it holds. Default: 0, so that sender and receiver must meet. */
  capacity?: number | 'unbounded';
  /** 'process' (default): it ends with this process. 'browser': it ends when a process destroys it. */
  owner?: 'process' | 'browser';
}

type Wait = { signal?: AbortSignal };

/** Indirect naming: one process's access to the mailboxes of a broker. */
export class Mailboxes {
  readonly #broker: Remote<typeof mailboxBroker>;

  constructor(endpoint: Endpoint) {
    this.#broker = connect(mailboxBroker, endpoint, { peer: { name: 'the mailbox broker' } });
  }

  /** Creates a mailbox. Throws MailboxRefusedError if the name is taken or this process has too many mailboxes. */
  async create<Message>(
    name: string,
    message: v.GenericSchema<Message>,
    { capacity = 0, owner = 'process' }: CreateOptions = {},
  ): Promise<Mailbox<Message>> {
    const result = await this.#broker.call.create(name, capacity, owner);
    if (!result.ok) throw new MailboxRefusedError(name, result.reason);
    return new Mailbox(this.#broker, name, message);
  }

  /** Finds a mailbox of another process. Resolves to null if there is none. */
  async lookUp<Message>(name: string, message: v.GenericSchema<Message>): Promise<Mailbox<Message> | null> {
    const result = await this.#broker.call.lookUp(name);
    return result.ok ? new Mailbox(this.#broker, name, message) : null;
  }

  /** Destroys a mailbox. Resolves to false if there is none. Throws MailboxRefusedError if another process owns it. */
  async destroy(name: string): Promise<boolean> {
    const result = await this.#broker.call.destroy(name);
    if (!result.ok && result.reason === 'not-yours') throw new MailboxRefusedError(name, result.reason);
    return result.ok;
  }

  close(): void {
    this.#broker.close();
  }
}

/**
 * One mailbox. Messages keep their order, and waiting processes are served in the order of arrival. A wait blocks only
 * its task. It ends by its signal, when the mailbox ends (MailboxEndedError), or when the browser ends (PeerGoneError).
 */
export class Mailbox<Message> {
  readonly name: string;
  readonly #broker: Remote<typeof mailboxBroker>;
  readonly #message: v.GenericSchema<Message>;

  constructor(broker: Remote<typeof mailboxBroker>, name: string, message: v.GenericSchema<Message>) {
    this.#broker = broker;
    this.name = name;
    this.#message = message;
  }

  /** Blocking: resolves when the mailbox holds the message or a receiver has it. Waits while the mailbox is full. */
  async send(message: Message, wait: Wait = {}): Promise<void> {
    await this.#send(message, 'accepted', wait);
  }

  /** Rendezvous: resolves when a receiver has the message, whatever the capacity. */
  async meet(message: Message, wait: Wait = {}): Promise<void> {
    await this.#send(message, 'received', wait);
  }

  /** Non-blocking: resolves to false, and sends nothing, if there is neither room nor a waiting receiver. */
  trySend(message: Message): Promise<boolean> {
    return this.#send(message, 'never', {});
  }

  /** Blocking: resolves to the next message. Waits while there is none. */
  async receive(wait: Wait = {}): Promise<Message> {
    const message = await this.#receive('message', wait);
    if (message === null) throw new MailboxEndedError(`mailbox ${this.name}: it answered without a message`);
    return message.value;
  }

  /** Non-blocking: resolves to null if there is no message. */
  async tryReceive(): Promise<Message | null> {
    return (await this.#receive('never', {}))?.value ?? null;
  }

  async #send(message: Message, mode: 'accepted' | 'received' | 'never', wait: Wait): Promise<boolean> {
    const result = await this.#broker.call.send(this.name, v.parse(this.#message, message), mode, wait);
    if (result.ok) return true;
    if (result.reason === 'full') return false;
    if (result.reason === 'no-memory') throw new MailboxRefusedError(this.name, result.reason);
    throw new MailboxEndedError('how' in result ? result.how : `mailbox ${this.name}: there is none`);
  }

  async #receive(mode: 'message' | 'never', wait: Wait): Promise<{ value: Message } | null> {
    const result = await this.#broker.call.receive(this.name, mode, wait);
    // Another process sent the message, so it must match this side's schema.
    if (result.ok) return { value: v.parse(this.#message, result.message) };
    if (result.reason === 'empty') return null;
    throw new MailboxEndedError('how' in result ? result.how : `mailbox ${this.name}: there is none`);
  }
}
