/** How long a sender waits: until its message is accepted, until someone has received it, or not at all. */
export type SendMode = 'accepted' | 'received' | 'never';
/** How long a receiver waits: until there is a message, or not at all. */
export type ReceiveMode = 'message' | 'never';
/** Number of messages that a link or mailbox holds: 0 (sender and receiver must meet), n, or infinite. */
export type Capacity = number;

export type Sent = 'sent' | 'full';
export type Received<Message> = { lane: string; message: Message };

/** The exchange is closed: nothing more can be sent or received. */
export class ExchangeClosedError extends Error {
  override readonly name = 'ExchangeClosedError';
}

interface Offer<Message> extends Received<Message> {
  /** The exchange holds it, so its sender does not wait for room. */
  accepted: boolean;
  mode: SendMode;
  settle(outcome: Sent | Error): void;
}

interface Receiver<Message> {
  /** Takes messages of this lane only. */
  lane: string | undefined;
  settle(outcome: Received<Message> | null | Error): void;
}

/**
 * The place where senders and receivers meet: a mailbox, or one process's end of its direct links. Both sides are
 * served in the order of arrival. Messages of one lane (such as one sender) share its capacity and keep their order.
 * Only the task that awaits waits; no event loop blocks.
 */
export class Exchange<Message> {
  readonly #capacity: Capacity;
  /** In the order of arrival. An offer that is not accepted belongs to a waiting sender. */
  readonly #offers: Offer<Message>[] = [];
  readonly #receivers: Receiver<Message>[] = [];
  /** Number of held messages of each lane. */
  readonly #held = new Map<string, number>();
  #closed: Error | undefined;

  constructor(capacity: Capacity) {
    if (capacity !== Number.POSITIVE_INFINITY && (!Number.isSafeInteger(capacity) || capacity < 0)) {
      throw new RangeError('a capacity must be a whole number or infinite');
    }
    this.#capacity = capacity;
  }

  /** Number of held messages. */
  get length(): number {
    let held = 0;
    for (const count of this.#held.values()) held += count;
    return held;
  }

  /** The held messages, oldest first. */
  get messages(): Message[] {
    return this.#offers.filter(({ accepted }) => accepted).map(({ message }) => message);
  }

  get waitingSenders(): number {
    return this.#offers.length - this.length;
  }

  get waitingReceivers(): number {
    return this.#receivers.length;
  }

  /** Sends a message. Rejects with ExchangeClosedError, or with the signal's reason if it aborts during the wait. */
  send(message: Message, mode: SendMode, lane = '', signal?: AbortSignal): Promise<Sent> {
    if (this.#closed) return Promise.reject(this.#closed);
    const index = this.#receivers.findIndex((receiver) => receiver.lane === undefined || receiver.lane === lane);
    if (index >= 0) {
      // A receiver is waiting, so no message of this lane is held, and the order is kept.
      this.#receivers.splice(index, 1)[0]?.settle({ lane, message });
      return Promise.resolve('sent');
    }
    const hasRoom = this.#hasRoom(lane);
    if (!hasRoom && mode === 'never') return Promise.resolve('full');
    return waiting<Sent>(signal, (settle) => {
      const offer: Offer<Message> = { lane, message, mode, accepted: false, settle };
      this.#offers.push(offer);
      if (hasRoom) this.#accept(offer);
      return () => this.#take(offer);
    });
  }

  /** Receives a message, or null if there is none and the receiver does not wait. Rejects like `send`. */
  receive(mode: ReceiveMode, lane?: string, signal?: AbortSignal): Promise<Received<Message> | null> {
    const offer = this.#offers.find((candidate) => lane === undefined || candidate.lane === lane);
    if (offer) {
      this.#take(offer);
      offer.settle('sent');
      return Promise.resolve({ lane: offer.lane, message: offer.message });
    }
    if (this.#closed) return Promise.reject(this.#closed);
    if (mode === 'never') return Promise.resolve(null);
    return waiting<Received<Message> | null>(signal, (settle) => {
      const receiver: Receiver<Message> = { lane, settle };
      this.#receivers.push(receiver);
      return () => remove(this.#receivers, receiver);
    });
  }

  /** Closes the exchange and rejects all waits. Held messages can still be received, unless `forget` is set. */
  close(reason: string, { forget = false } = {}): void {
    if (this.#closed) return;
    const closed = new ExchangeClosedError(reason);
    this.#closed = closed;
    for (const offer of [...this.#offers]) {
      if (offer.accepted && offer.mode !== 'received' && !forget) continue;
      this.#take(offer);
      offer.settle(closed);
    }
    for (const receiver of this.#receivers.splice(0)) receiver.settle(closed);
  }

  /** Rejects the receivers that wait for this lane. Held messages can still be received. */
  closeLane(lane: string, reason: string): void {
    for (const receiver of this.#receivers.filter((waiting) => waiting.lane === lane)) {
      remove(this.#receivers, receiver);
      receiver.settle(new ExchangeClosedError(reason));
    }
  }

  #hasRoom(lane: string): boolean {
    return (this.#held.get(lane) ?? 0) < this.#capacity;
  }

  #accept(offer: Offer<Message>): void {
    offer.accepted = true;
    this.#held.set(offer.lane, (this.#held.get(offer.lane) ?? 0) + 1);
    if (offer.mode !== 'received') offer.settle('sent');
  }

  /** Removes an offer. The first sender that waits for room in its lane gets the room. */
  #take(offer: Offer<Message>): void {
    remove(this.#offers, offer);
    if (!offer.accepted) return;
    const left = (this.#held.get(offer.lane) ?? 1) - 1;
    if (left > 0) this.#held.set(offer.lane, left);
    else this.#held.delete(offer.lane);
    if (this.#closed) return;
    const next = this.#offers.find(({ accepted, lane }) => !accepted && lane === offer.lane);
    if (next) this.#accept(next);
  }
}

/** Returns a promise that `begin` or the signal settles. `begin` returns a function that removes the waiter. */
function waiting<Outcome>(
  signal: AbortSignal | undefined,
  begin: (settle: (outcome: Outcome | Error) => void) => () => void,
): Promise<Outcome> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (outcome: Outcome | Error) => {
      settled = true;
      signal?.removeEventListener('abort', abort);
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    };
    const abort = () => {
      leave();
      reject(signal?.reason);
    };
    const leave = begin(settle);
    if (!settled) signal?.addEventListener('abort', abort, { once: true });
  });
}

function remove<Item>(items: Item[], item: Item): void {
  const index = items.indexOf(item);
  if (index >= 0) items.splice(index, 1);
}
