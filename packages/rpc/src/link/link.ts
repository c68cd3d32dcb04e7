import type { Contract, Trust } from '../contract/define.ts';
import type { Endpoint } from '../endpoint.ts';
import { BadMessageError, ClosedError, type Death, LimitError, PeerGoneError, type RpcError } from '../errors.ts';
import { type Envelope, type MethodCounters, PortCounters } from '../taps/counters.ts';
import { Frame, frameKinds, type Message } from '../wire/frames.ts';
import { defer } from './defer.ts';
import { defaultHeartbeat, Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
import { type Limits, RateLimit } from './limits.ts';
import { type Methods, methodsOf } from './methods.ts';
import type { PeerDescription, PeerView } from './peer.ts';
import { type OpenConnection, register, unregister } from './registry.ts';
import { withResolvers } from './resolvers.ts';

export interface ConnectionOptions {
  peer?: PeerDescription;
  /** Default: a ping a second, unresponsive after 3 s. False for none. */
  heartbeat?: Partial<HeartbeatOptions> | false;
  /**
   * The peer sent what the contract does not allow. When it is not fully trusted, the port has closed by itself; end
   * the process here, later than this event.
   */
  onBadMessage?: (error: BadMessageError) => void;
  /** Sees every message's envelope while set. */
  onEnvelope?: (envelope: Envelope) => void;
  /** A handler or listener of this side threw where nobody waits for it. Default: rethrown on its own, uncaught. */
  onHandlerError?: (error: unknown) => void;
}

/** Why a connection ended; `error` is what its pending calls were rejected with. */
export interface CloseReason {
  by: 'this side' | 'the peer' | 'its death' | 'a bad message' | 'a mismatch';
  error: RpcError;
}

/** Takes a frame's fields, apart: taking them out of the array costs more than all the rest. */
type Receiver = (
  ports: readonly unknown[],
  first: unknown,
  second: unknown,
  third: unknown,
  fourth: unknown,
  fifth: unknown,
) => void;

/** How long a closed port waits to hear how its process died, and a dead process's port for its last messages. */
const deathGraceMs = 200;

/** Messages that may wait for the handshake. */
const mostWaiting = 1000;

/**
 * What both ends of a port have in common: the guard's outer gate, the heartbeat, and one way to end. Everything that
 * lives on the port hangs a `onEnd` here.
 */
export class Link implements OpenConnection {
  readonly contract: string;
  readonly version: number;
  readonly role: 'server' | 'caller';
  readonly openedAt = performance.now();
  readonly methods: Methods;
  readonly counters: PortCounters;
  /** What this side takes from the peer. */
  readonly limits: Limits;
  /** What the peer takes from this side. */
  readonly peerLimits: Limits;
  readonly peer: PeerView;
  readonly peerTrust: Trust;
  readonly options: ConnectionOptions;
  readonly opened: Promise<void>;
  readonly closed: Promise<CloseReason>;
  /** Undefined while open. */
  ended: CloseReason | undefined;
  readonly heartbeat: Heartbeat | undefined;
  readonly #endpoint: Endpoint;
  readonly #receivers: (Receiver | undefined)[] = new Array(frameKinds).fill(undefined);
  readonly #rate: RateLimit;
  readonly #endings: ((reason: CloseReason) => void)[] = [];
  readonly #responsivenessListeners = new Set<(responsive: boolean) => void>();
  #waiting: [Message, readonly unknown[]][] | undefined = [];
  #death: Death | undefined;
  #portClosed = false;
  #graceTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #opened = withResolvers<void>();
  readonly #closed = withResolvers<CloseReason>();

  constructor(contract: Contract, role: 'server' | 'caller', endpoint: Endpoint, options: ConnectionOptions) {
    const { definition } = contract;
    this.contract = contract.name;
    this.version = definition.version;
    this.role = role;
    this.options = options;
    this.peerTrust = role === 'server' ? definition.trust : (definition.serverTrust ?? 'full');
    this.methods = methodsOf(contract);
    const { serverLimits, callerLimits } = this.methods;
    this.limits = role === 'server' ? serverLimits : callerLimits;
    this.peerLimits = role === 'server' ? callerLimits : serverLimits;
    this.counters = new PortCounters(this.methods.all);
    this.#rate = new RateLimit(this.limits.messagesPerSecond);
    this.#endpoint = endpoint;
    this.closed = this.#closed.promise;
    this.opened = this.#opened.promise;
    // Nobody has to wait for it.
    this.opened.catch(() => undefined);
    this.heartbeat =
      options.heartbeat === false
        ? undefined
        : new Heartbeat(
            { ...defaultHeartbeat, ...options.heartbeat },
            (sequence) => this.post([Frame.Ping, sequence]),
            (responsive) => this.#responsivenessChanged(responsive),
          );
    this.peer = this.#describePeer();
    this.on(Frame.Ping, (_ports, sequence) => this.post([Frame.Pong, sequence]));
    this.on(Frame.Pong, (_ports, sequence) => this.heartbeat?.answered(Number(sequence)));
    this.on(Frame.Bye, () => this.#peerEnded({ how: 'closed the port' }));
  }

  /** Begins to receive. Call it once everything that receives has registered. */
  start(): void {
    register(this);
    this.#endpoint.onMessage((message, ports) => this.#receive(message, ports));
    this.#endpoint.onClose(() => this.#onPortClose());
    void this.options.peer?.died?.then((death) => this.#onDeath(death));
    this.#endpoint.start();
  }

  /** Registers what takes one kind of frame; a kind without one is a bad message. */
  on(kind: Message[0], receiver: Receiver): void {
    this.#receivers[kind] = receiver;
  }

  /** Registers what must end with the connection. */
  onEnd(ending: (reason: CloseReason) => void): void {
    if (this.ended) ending(this.ended);
    else this.#endings.push(ending);
  }

  /** Sends now; nothing when the connection has ended. Throws when the message cannot be cloned. */
  post(message: Message, ports: readonly unknown[] = none): void {
    if (this.ended) return;
    this.#endpoint.post(message, ports);
    this.counters.sent.messages += 1;
  }

  /** Sends as soon as both sides have agreed on the contract, in order. Throws LimitError when too much waits. */
  send(message: Message, ports: readonly unknown[] = none): void {
    if (!this.#waiting) this.post(message, ports);
    else if (this.#waiting.length < mostWaiting) this.#waiting.push([message, ports]);
    else throw new LimitError(`${this.contract}: ${mostWaiting} messages wait for ${this.peer.name} to be ready`);
  }

  /** Both sides have agreed: what waited is sent. */
  agree(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const [message, ports] of waiting) this.post(message, ports);
    this.heartbeat?.start();
    this.#opened.resolve();
  }

  get isOpen(): boolean {
    return !this.#waiting && !this.ended;
  }

  /** Why a call on this connection cannot be made any more. */
  endError(method: string | undefined): RpcError {
    const error = this.ended?.error;
    if (error instanceof PeerGoneError) {
      return new PeerGoneError(this.contract, method, error.peer, error.pid, error.death);
    }
    if (error instanceof ClosedError) return new ClosedError(this.contract, method);
    return error ?? new ClosedError(this.contract, method);
  }

  /** Counts a message that went out; for a reply, `startedAt` is when its call arrived. */
  sent(
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    startedAt?: number,
  ): void {
    this.counters.sent.bytes += bytes;
    this.#count('out', kind, method, counters, bytes, startedAt);
  }

  /** Counts a message that came in; for a reply, `startedAt` is when its call was made. */
  received(
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    startedAt?: number,
  ): void {
    this.counters.received.bytes += bytes;
    this.#count('in', kind, method, counters, bytes, startedAt);
  }

  /** Someone's code failed where no caller waits for it. */
  handlerFailed(error: unknown): void {
    if (this.options.onHandlerError) this.options.onHandlerError(error);
    else
      setTimeout(() => {
        throw error;
      });
  }

  /** Ends the connection from this side and tells the peer. */
  close(): void {
    if (this.ended) return;
    this.post([Frame.Bye]);
    this.end({ by: 'this side', error: new ClosedError(this.contract, undefined) });
  }

  /** The one way out: everything that hangs on the connection ends here, once. */
  end(reason: CloseReason): void {
    if (this.ended) return;
    this.ended = reason;
    this.heartbeat?.stop();
    clearTimeout(this.#graceTimer);
    unregister(this);
    for (const ending of this.#endings.splice(0)) ending(reason);
    this.#responsivenessListeners.clear();
    this.#opened.reject(reason.error);
    this.#closed.resolve(reason);
    defer(() => this.#endpoint.close());
  }

  #count(
    direction: Envelope['direction'],
    kind: Envelope['kind'],
    method: string,
    counters: MethodCounters | undefined,
    bytes: number,
    startedAt: number | undefined,
  ): void {
    if (counters) {
      counters.messages += 1;
      counters.bytes += bytes;
      if (startedAt !== undefined) counters.latency.add(performance.now() - startedAt);
    }
    const { onEnvelope } = this.options;
    if (!onEnvelope) return;
    const at = performance.now();
    const latency = startedAt === undefined ? {} : { latencyMs: at - startedAt };
    onEnvelope({ at, contract: this.contract, peer: this.peer.name, direction, kind, method, bytes, ...latency });
  }

  #receive(message: unknown, ports: readonly unknown[]): void {
    if (this.ended) return;
    this.counters.received.messages += 1;
    try {
      this.#gate(message, ports);
    } catch (error) {
      if (error instanceof BadMessageError) this.#onBadMessage(error);
      else this.handlerFailed(error);
    }
  }

  #gate(message: unknown, ports: readonly unknown[]): void {
    if (!this.#rate.take()) throw new BadMessageError(`more than ${this.limits.messagesPerSecond} messages a second`);
    if (!Array.isArray(message) || message.length === 0 || message.length > 6) throw new BadMessageError('not a frame');
    const kind: unknown = message[0];
    const receiver = typeof kind === 'number' ? this.#receivers[kind] : undefined;
    if (!receiver) throw new BadMessageError(`a frame of no known kind for the ${this.role}`);
    receiver(ports, message[1], message[2], message[3], message[4], message[5]);
  }

  #onBadMessage(error: BadMessageError): void {
    this.counters.badMessages += 1;
    const named = new BadMessageError(`${this.contract}: ${this.peer.name}: ${error.message}`);
    if (this.peerTrust !== 'full') this.end({ by: 'a bad message', error: named });
    this.options.onBadMessage?.(named);
  }

  #onPortClose(): void {
    this.#portClosed = true;
    if (this.#death) this.#deferEnd(this.#death);
    // The process's owner will know more in a moment than the port does.
    else if (this.options.peer?.died) this.#graceTimer ??= setTimeout(() => this.#gone(portClosed), deathGraceMs);
    else this.#deferEnd(portClosed);
  }

  #onDeath(death: Death): void {
    this.#death = death;
    if (this.#portClosed) this.#deferEnd(death);
    // What it sent before it died is still being delivered; the port's close comes after that.
    else this.#graceTimer ??= setTimeout(() => this.#gone(death), deathGraceMs);
  }

  #peerEnded(death: Death): void {
    this.end({ by: 'the peer', error: this.#goneError(death) });
  }

  #deferEnd(death: Death): void {
    defer(() => this.#gone(death));
  }

  #gone(death: Death): void {
    this.end({ by: 'its death', error: this.#goneError(this.#death ?? death) });
  }

  #goneError(death: Death): PeerGoneError {
    return new PeerGoneError(this.contract, undefined, this.peer.name, this.peer.pid, death);
  }

  #responsivenessChanged(responsive: boolean): void {
    for (const listener of [...this.#responsivenessListeners]) listener(responsive);
  }

  #describePeer(): PeerView {
    const { name = this.role === 'server' ? 'the caller' : 'the server', pid } = this.options.peer ?? {};
    const heartbeat = this.heartbeat;
    const listeners = this.#responsivenessListeners;
    return {
      name,
      pid,
      get responsive() {
        return heartbeat?.responsive ?? true;
      },
      onDidChangeResponsiveness: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      watchBeats: () => {
        if (!heartbeat) throw new Error(`${this.contract}: this end has no heartbeat`);
        return heartbeat.watch();
      },
    };
  }
}

const none: readonly unknown[] = [];
const portClosed: Death = { how: 'is gone: its port closed' };
