import { Histogram } from './histogram.ts';

export type MethodKind = 'call' | 'push' | 'stream';
/** Direction of a message as this side sees it. */
export type Direction = 'in' | 'out';

/** Traffic of one method on one port. Bytes are estimates, exact for binary. */
export class MethodCounters {
  readonly method: string;
  readonly kind: MethodKind;
  messages = 0;
  bytes = 0;
  errors = 0;
  /** Number of pending calls or open streams. */
  inFlight = 0;
  /**
   * Latencies of calls: from sending to the reply on the calling side, from arrival to the reply on the serving side.
   */
  readonly latency = new Histogram();

  /**
   * Starts at zero.
   * @param method name in the contract
   * @param kind of the method
   */
  constructor(method: string, kind: MethodKind) {
    this.method = method;
    this.kind = kind;
  }
}

/** Traffic of one end of a port. */
export class PortCounters {
  readonly methods: readonly MethodCounters[];
  readonly received = { messages: 0, bytes: 0 };
  readonly sent = { messages: 0, bytes: 0 };
  /** Messages that the contract does not allow. */
  badMessages = 0;
  /** Replies without a pending call: late, second, or to calls never made. */
  strayReplies = 0;
  /** Pushes that arrived without a listener. */
  unheardPushes = 0;
  /** Pushes that were not sent because the peer leaves too much unread. */
  droppedPushes = 0;

  /**
   * Starts at zero.
   * @param methods of the contract, in its order
   */
  constructor(methods: readonly { name: string; kind: MethodKind }[]) {
    this.methods = methods.map(({ name, kind }) => new MethodCounters(name, kind));
  }
}

/** Record of one message for listeners of a tap. */
export interface Envelope {
  /** Time of the message, performance.now() of this process. */
  at: number;
  contract: string;
  /** Names of the two processes, given by the port's owners. */
  from: string;
  to: string;
  direction: Direction;
  kind: MethodKind | 'reply' | 'error' | 'item' | 'callback';
  method: string;
  bytes: number;
  /** For replies: time since the call was made or arrived here. */
  latencyMs?: number;
  /** Content of the message, only for taps that ask for it. */
  payload?: unknown;
}
