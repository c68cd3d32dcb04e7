import { connect, type Endpoint, type Remote } from '@bulkhead/rpc';
import * as v from 'valibot';
import { mailboxBroker } from './mailbox-contract.ts';

/** The mailbox has ended, by hand or with its owner, or there never was one of that name. */
export class MailboxEndedError extends Error {
  override readonly name = 'MailboxEndedError';
}

/** No such mailbox can be made, or the broker has no room left. */
export class MailboxRefusedError extends Error {
  override readonly name = 'MailboxRefusedError';
  readonly reason: string;

  constructor(mailbox: string, reason: string) {
    super(`mailbox ${mailbox}: ${reason}`);
    this.reason = reason;
  }
}

export interface CreateOptions {
  /** Messages that it holds: 0 (default) for none, so that sender and receiver have to meet. */
  capacity?: number | 'unbounded';
  /** Whether it ends with this process ('process', default) or when somebody destroys it ('browser'). */
  owner?: 'process' | 'browser';
}

type Wait = { signal?: AbortSignal };

/** Indirect naming: the mailboxes of a broker, as one of its processes sees them. */
export class Mailboxes {
  readonly #broker: Remote<typeof mailboxBroker>;

  constructor(endpoint: Endpoint) {
    this.#broker = connect(mailboxBroker, endpoint, { peer: { name: 'the mailbox broker' } });
  }

  /** Throws MailboxRefusedError when the name is taken, or this process has too many. */
  async create<Message>(
    name: string,
    message: v.GenericSchema<Message>,
    { capacity = 0, owner = 'process' }: CreateOptions = {},
  ): Promise<Mailbox<Message>> {
    const result = await this.#broker.call.create(name, capacity, owner);
    if (!result.ok) throw new MailboxRefusedError(name, result.reason);
    return new Mailbox(this.#broker, name, message);
  }

  /** One that another process has created; null when there is none. */
  async lookUp<Message>(name: string, message: v.GenericSchema<Message>): Promise<Mailbox<Message> | null> {
    const result = await this.#broker.call.lookUp(name);
    return result.ok ? new Mailbox(this.#broker, name, message) : null;
  }

  /** Throws MailboxRefusedError when it is another process's. False when there is none. */
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
 * One mailbox. Messages keep their order; of several who wait, the first comes first. Every wait is the task's own: it
 * ends by its signal, when the mailbox ends (MailboxEndedError) and when the browser does (PeerGoneError).
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

  /** Blocking: resolves when the mailbox holds the message or someone has it; while it is full, waits. */
  async send(message: Message, wait: Wait = {}): Promise<void> {
    await this.#send(message, 'accepted', wait);
  }

  /** Rendezvous: resolves when someone has received the message, whatever the capacity. */
  async meet(message: Message, wait: Wait = {}): Promise<void> {
    await this.#send(message, 'received', wait);
  }

  /** Non-blocking: false when there is neither room nor a waiting receiver; then it is not sent. */
  trySend(message: Message): Promise<boolean> {
    return this.#send(message, 'never', {});
  }

  /** Blocking: resolves with the next message; while there is none, waits. */
  async receive(wait: Wait = {}): Promise<Message> {
    const message = await this.#receive('message', wait);
    if (message === null) throw new MailboxEndedError(`mailbox ${this.name}: it answered without a message`);
    return message.value;
  }

  /** Non-blocking: null when there is none. */
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
    // Another process has put it there: it is what this side's schema says, or it is refused.
    if (result.ok) return { value: v.parse(this.#message, result.message) };
    if (result.reason === 'empty') return null;
    throw new MailboxEndedError('how' in result ? result.how : `mailbox ${this.name}: there is none`);
  }
}
