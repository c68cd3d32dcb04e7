import type { Contract, Trust } from '../contract/declarations.ts';
import type { Endpoint } from '../endpoint.ts';
import { BadMessageError, ClosedError, type Death, LimitError, PeerGoneError, type RpcError } from '../errors.ts';
import { type Envelope, type MethodCounters, PortCounters } from '../taps/counters.ts';
import { Meter } from '../taps/meter.ts';
import { closePorts } from '../wire/handles.ts';
import { Kind, type Message, messageKinds, sizeOfMessage } from '../wire/messages.ts';
import { tooLarge } from '../wire/size.ts';
import { Backlog } from './backlog.ts';
import type { CloseReason, ConnectionOptions } from './connection.ts';
import { defer } from './defer.ts';
import { Departure } from './departure.ts';
import { presentable } from './describe-error.ts';
import { type Limits, RateLimit } from './limits.ts';
import { type Methods, methodsOf } from './methods.ts';
import { Peer } from './peer.ts';
import { register, unregister } from './registry.ts';
import { withResolvers } from './resolvers.ts';

/** Takes a message's fields as separate arguments: destructuring the array would cost more than the rest. */
type Receiver = (
  ports: readonly unknown[],
  first: unknown,
  second: unknown,
  third: unknown,
  fourth: unknown,
  fifth: unknown,
) => void;

/** Most messages that may wait for the handshake. */
const mostWaiting = 1000;
/** Counted size of a message without its body. */
const frameBytes = 16;
const none: readonly never[] = [];
const doesNotRead = new BadMessageError('it leaves too many bytes unread');

/**
 * Common part of both ends of a port: the first checks of the guard, the heartbeat, and one way to end. Everything that
 * lives on the port registers an `onEnd` here.
 */
export class Link {
  readonly contract: string;
  readonly version: number;
  readonly role: 'server' | 'caller';
  readonly openedAt = performance.now();
  readonly methods: Methods;
  readonly meter: Meter;
  /** Limits on what this side takes from the peer. */
  readonly limits: Limits;
  /** Limits on what the peer takes from this side. */
  readonly peerLimits: Limits;
  readonly peer: Peer;
  readonly peerTrust: Trust;
  /** Why the connection ended; undefined while it is open. */
  ended: CloseReason | undefined = undefined;
  readonly #endpoint: Endpoint;
  readonly #options: ConnectionOptions;
  readonly #receivers: (Receiver | undefined)[] = new Array(messageKinds).fill(undefined);
  readonly #rate: RateLimit;
  /** Rate limit on the bytes of whole messages; undefined for a fully trusted peer. */
  readonly #weight: RateLimit | undefined;
  readonly #backlog: Backlog;
  readonly #departure: Departure;
  readonly #endings: ((reason: CloseReason) => void)[] = [];
  readonly #opened = withResolvers<void>();
  readonly #closed = withResolvers<CloseReason>();
  #waiting: [Message, readonly unknown[]][] | undefined = [];

  constructor(contract: Contract, role: 'server' | 'caller', endpoint: Endpoint, options: ConnectionOptions) {
    const { definition } = contract;
    const [here, there] =
      role === 'server' ? [definition.server, definition.caller] : [definition.caller, definition.server];
    this.contract = contract.name;
    this.version = definition.version;
    this.role = role;
    this.peerTrust = role === 'server' ? definition.trust : (definition.serverTrust ?? 'full');
    this.methods = methodsOf(contract);
    const { serverLimits, callerLimits } = this.methods;
    this.limits = role === 'server' ? serverLimits : callerLimits;
    this.peerLimits = role === 'server' ? callerLimits : serverLimits;
    this.#endpoint = endpoint;
    this.#options = options;
    this.#rate = new RateLimit(this.limits.messagesPerSecond);
    this.#weight = this.peerTrust === 'full' ? undefined : new RateLimit(this.limits.bytesPerSecond);
    const ping = (sequence: number) => this.post([Kind.Ping, sequence]);
    this.#backlog = new Backlog(this.limits.maxUnreadBytes, ping);
    this.peer = new Peer(options.peer ?? { name: there }, options.heartbeat, ping);
    this.meter = new Meter(new PortCounters(this.methods.all), this.contract, here, this.peer.name, (task) =>
      this.attempt(task),
    );
    const { received } = this.meter.counters;
    this.#departure = new Departure(
      options.peer?.died,
      () => received.messages,
      (death) => this.#gone('its death', death),
    );
    // A rejection that no code awaits must not be unhandled.
    this.opened.catch(() => undefined);
    this.on(Kind.Ping, (_ports, sequence) => {
      if (!Number.isSafeInteger(sequence)) throw new BadMessageError('a ping without a number');
      this.post([Kind.Pong, sequence]);
    });
    this.on(Kind.Pong, (_ports, sequence) => this.#pong(sequence));
    this.on(Kind.Bye, () => this.#gone('the peer', { how: 'closed the port' }));
  }

  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  get closed(): Promise<CloseReason> {
    return this.#closed.promise;
  }

  get isOpen(): boolean {
    return !this.#waiting && !this.ended;
  }

  /** Whether the peer leaves too much unread, so that pushes should be dropped. */
  get isClogged(): boolean {
    return this.#backlog.isFull;
  }

  /** Starts to receive. Call it after all receivers are registered. */
  start(): void {
    register(this);
    this.#endpoint.onMessage((message, ports) => this.#receive(message, ports));
    this.#endpoint.onClose(() => this.#departure.portClosed());
    this.#departure.start();
    this.#endpoint.start();
  }

  /** Called when both sides have agreed on the contract. Sends waiting messages and starts the heartbeat. */
  agree(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const [message, ports] of waiting) this.post(message, ports);
    this.peer.heartbeat?.start();
    this.#opened.resolve();
  }

  /** Registers the receiver of one kind of message. A message without a receiver is a bad message. */
  on(kind: Message[0], receiver: Receiver): void {
    this.#receivers[kind] = receiver;
  }

  /** Registers a function that runs when the connection ends. */
  onEnd(ending: (reason: CloseReason) => void): void {
    this.#endings.push(ending);
  }

  /** Sends a message now. Does nothing if the connection has ended. Throws if the message cannot be cloned. */
  post(message: Message, ports: readonly unknown[] = none): void {
    if (this.ended) return;
    this.#endpoint.post(message, ports);
    this.meter.counters.sent.messages += 1;
    this.#backlog.add(frameBytes);
  }

  /**
   * Sends a message once both sides have agreed, in order. Throws LimitError if too many messages wait, and
   * DataCloneError if the message cannot be cloned.
   */
  send(message: Message, ports: readonly unknown[] = none): void {
    if (!this.#waiting) this.post(message, ports);
    else if (this.#waiting.length >= mostWaiting) {
      throw new LimitError(`${this.contract}: ${mostWaiting} messages wait for ${this.peer.name} to be ready`);
    }
    // Copy it, because the sender may change it in the meantime.
    else this.#waiting.push([structuredClone(message), ports]);
  }

  /** Removes a message that still waits for the handshake. False if it has been sent. */
  takeBack(kind: Message[0], id: number): boolean {
    const index = this.#waiting?.findIndex(([message]) => message[0] === kind && message[1] === id) ?? -1;
    if (index >= 0) this.#waiting?.splice(index, 1);
    return index >= 0;
  }

  /** Counts a sent message. For a reply, `startedAt` is when its call arrived here. */
  sent(
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    payload: unknown,
    startedAt?: number,
  ): void {
    this.meter.sent(kind, method, counters, bytes, payload, startedAt);
    this.#backlog.add(bytes);
    if (this.#backlog.isHopeless(false)) this.#onBadMessage(doesNotRead, true);
  }

  /** Returns the error for a call that is made after the end. */
  endError(method: string | undefined): RpcError {
    const error = this.ended?.error;
    if (error instanceof PeerGoneError) {
      return new PeerGoneError(this.contract, method, error.peer, error.pid, error.death);
    }
    return error && !(error instanceof ClosedError) ? error : new ClosedError(this.contract, method);
  }

  /** Runs code that is not rpc's own. Its errors must not disturb the port. */
  attempt(task: () => unknown): void {
    try {
      const result = task();
      if (result instanceof Promise) result.catch((error: unknown) => this.handlerFailed(error));
    } catch (error) {
      this.handlerFailed(error);
    }
  }

  /** Reports an error of code that is not rpc's own, for which no caller waits. */
  handlerFailed(error: unknown): void {
    if (this.#options.onHandlerError) this.#options.onHandlerError(error);
    else
      setTimeout(() => {
        throw presentable(error);
      });
  }

  /** Ends the connection from this side and tells the peer. */
  close(): void {
    this.post([Kind.Bye]);
    this.end({ by: 'this side', error: new ClosedError(this.contract, undefined) });
  }

  /** The only way to end: everything that lives on the connection ends here, once. */
  end(reason: CloseReason): void {
    if (this.ended) return;
    this.ended = reason;
    this.#departure.stop();
    this.#waiting = undefined;
    unregister(this);
    for (const ending of this.#endings.splice(0)) this.attempt(() => ending(reason));
    this.peer.end();
    this.meter.end();
    this.#opened.reject(reason.error);
    this.#closed.resolve(reason);
    defer(() => this.#endpoint.close());
  }

  #receive(message: unknown, ports: readonly unknown[]): void {
    if (this.ended) return;
    this.meter.counters.received.messages += 1;
    try {
      this.#gate(message, ports);
    } catch (error) {
      if (error instanceof BadMessageError) {
        closePorts(ports);
        this.#onBadMessage(error, this.peerTrust !== 'full');
      } else this.handlerFailed(error);
    }
  }

  #gate(message: unknown, ports: readonly unknown[]): void {
    if (!this.#rate.take()) throw new BadMessageError(`more than ${this.limits.messagesPerSecond} messages a second`);
    if (this.#backlog.isHopeless(true)) throw doesNotRead;
    if (!Array.isArray(message) || message.length === 0 || message.length > 6)
      throw new BadMessageError('not a message');
    this.#weigh(message);
    const kind: unknown = message[0];
    const receiver = typeof kind === 'number' ? this.#receivers[kind] : undefined;
    if (!receiver) throw new BadMessageError(`a message of unknown kind for the ${this.role}`);
    receiver(ports, message[1], message[2], message[3], message[4], message[5]);
  }

  /**
   * Limits the size of whole messages, because this side has decoded all of it, including fields that nothing reads.
   */
  #weigh(message: readonly unknown[]): void {
    if (!this.#weight) return;
    const most = this.limits.bytesPerSecond;
    const bytes = sizeOfMessage(message, most);
    if (bytes === tooLarge) throw new BadMessageError(`a message larger than ${most} bytes, or nested too deep`);
    if (!this.#weight.take(bytes)) throw new BadMessageError(`more than ${most} bytes a second`);
  }

  #pong(sequence: unknown): void {
    if (typeof sequence !== 'number') throw new BadMessageError('a pong without a number');
    if (sequence < 0) this.#backlog.answered(sequence);
    else this.peer.heartbeat?.answered(sequence);
  }

  #onBadMessage({ message }: BadMessageError, ends: boolean): void {
    this.meter.counters.badMessages += 1;
    const error = new BadMessageError(`${this.contract}: ${this.peer.name}: ${message}`);
    if (ends) this.end({ by: 'a bad message', error });
    if (this.#options.onBadMessage) this.attempt(() => this.#options.onBadMessage?.(error));
  }

  #gone(by: CloseReason['by'], death: Death): void {
    const { name, pid } = this.peer;
    this.end({ by, error: new PeerGoneError(this.contract, undefined, name, pid, death) });
  }
}
