import { connect, type Endpoint, type Remote, serve } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { directInbox, linkBroker } from './direct-contract.ts';
import { Exchange, type Received, type SendMode } from './exchange.ts';

/** There is no process with that name. */
export class ProcessUnknownError extends Error {
  override readonly name = 'ProcessUnknownError';
}

export interface DirectOptions<Message> {
  message: v.GenericSchema<Message>;
  /** Messages of one sender that are held here. Default: 0, so that sender and receiver must meet. */
  capacity?: number | 'unbounded';
  /** Makes an endpoint from this process's kind of port. */
  endpointOf: (port: TransferablePort) => Endpoint;
}

type Wait = { signal?: AbortSignal };

/**
 * Direct naming. `send(P, message)` and `receive(Q)` name the other process (symmetric); `receive()` takes a message
 * from anyone and tells the sender (asymmetric). A link is made when one of a pair first names the other, and a pair
 * has only one. Messages go directly from process to process.
 */
export class DirectLinks<Message> {
  readonly #broker: Remote<typeof linkBroker>;
  readonly #options: DirectOptions<Message>;
  readonly #inbox: Exchange<Message>;
  readonly #links = new Map<string, Remote<typeof directInbox>>();
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(broker: Endpoint, options: DirectOptions<Message>) {
    this.#options = options;
    const { capacity = 0 } = options;
    this.#inbox = new Exchange(capacity === 'unbounded' ? Number.POSITIVE_INFINITY : capacity);
    this.#broker = connect(linkBroker, broker, { peer: { name: 'the link broker' } });
    this.#broker.on.link(({ to, inbox, outbox }) => this.#open(to, inbox, outbox));
    void this.#broker.closed.then(({ error }) => this.#inbox.close(`no more messages: ${error.message}`));
  }

  /** Names of the linked processes. */
  get links(): string[] {
    return [...this.#links.keys()];
  }

  /** Blocking: resolves when the other process holds the message. Waits while it has no room. */
  async send(to: string, message: Message, wait: Wait = {}): Promise<void> {
    await this.#send(to, message, 'accepted', wait);
  }

  /** Rendezvous: resolves when the other process has received the message. */
  async meet(to: string, message: Message, wait: Wait = {}): Promise<void> {
    await this.#send(to, message, 'received', wait);
  }

  /** Non-blocking: resolves to false, and sends nothing, if the other process has no room and is not waiting. */
  trySend(to: string, message: Message): Promise<boolean> {
    return this.#send(to, message, 'never', {});
  }

  /** Blocking, from process `from`. Rejects if that process ends before it has sent. */
  async receive(from: string, wait?: Wait): Promise<Message>;
  /** Blocking, from anyone. */
  async receive(from?: undefined, wait?: Wait): Promise<{ from: string; message: Message }>;
  async receive(from?: string, { signal }: Wait = {}): Promise<Message | { from: string; message: Message }> {
    if (from === undefined) {
      const { lane, message } = held(await this.#inbox.receive('message', undefined, signal));
      return { from: lane, message };
    }
    const now = await this.#inbox.receive('never', from);
    if (now) return now.message;
    await this.#linkTo(from);
    return held(await this.#inbox.receive('message', from, signal)).message;
  }

  /** Non-blocking, from anyone: resolves to null if there is no message. */
  async tryReceive(): Promise<{ from: string; message: Message } | null> {
    const received = await this.#inbox.receive('never');
    return received && { from: received.lane, message: received.message };
  }

  close(): void {
    this.#broker.close();
    for (const link of this.#links.values()) link.close();
  }

  async #send(to: string, message: Message, mode: SendMode, wait: Wait): Promise<boolean> {
    const link = await this.#linkTo(to);
    return (await link.call.deliver(v.parse(this.#options.message, message), mode, wait)) === 'sent';
  }

  async #linkTo(name: string): Promise<Remote<typeof directInbox>> {
    const link = this.#links.get(name);
    if (link) return link;
    const opened = new Promise<void>((resolve) => {
      const waiting = this.#waiting.get(name) ?? new Set();
      this.#waiting.set(name, waiting.add(resolve));
    });
    // The ends come as a push, before or after this reply: the other process may have asked first.
    if (!(await this.#broker.call.linkTo(name))) throw new ProcessUnknownError(`there is no process ${name}`);
    await opened;
    return this.#linkTo(name);
  }

  #open(name: string, inbox: TransferablePort, outbox: TransferablePort): void {
    const { endpointOf, message: schema } = this.#options;
    const peer = { name };
    serve(
      directInbox,
      endpointOf(inbox),
      { deliver: (message, mode, { signal }) => this.#inbox.send(v.parse(schema, message), mode, name, signal) },
      { peer },
    );
    const link = connect(directInbox, endpointOf(outbox), { peer });
    this.#links.set(name, link);
    void link.closed.then(({ error }) => {
      if (this.#links.get(name) === link) this.#links.delete(name);
      this.#inbox.closeLane(name, error.message);
    });
    for (const resolve of this.#waiting.get(name) ?? []) resolve();
    this.#waiting.delete(name);
  }
}

function held<Message>(received: Received<Message> | null): Received<Message> {
  if (!received) throw new Error('a receive that waits must end with a message');
  return received;
}
