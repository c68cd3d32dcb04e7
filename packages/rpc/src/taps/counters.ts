import { Histogram } from './histogram.ts';

export type MethodKind = 'call' | 'push' | 'stream';
/** As this side sees it. */
export type Direction = 'in' | 'out';

/** What one method has carried on one port. Bytes are estimates, exact for binary. */
export class MethodCounters {
  readonly method: string;
  readonly kind: MethodKind;
  messages = 0;
  bytes = 0;
  errors = 0;
  /** Calls waiting, or streams open. */
  inFlight = 0;
  /** Of calls: from sending to the reply where they are made, from arrival to the reply where they are served. */
  readonly latency = new Histogram();

  constructor(method: string, kind: MethodKind) {
    this.method = method;
    this.kind = kind;
  }
}

/** What one end of a port has carried. */
export class PortCounters {
  readonly methods: readonly MethodCounters[];
  readonly received = { messages: 0, bytes: 0 };
  readonly sent = { messages: 0, bytes: 0 };
  /** Messages that the contract does not allow. */
  badMessages = 0;
  /** Replies to nothing: late, twice, or to calls never made. */
  strayReplies = 0;
  /** Pushes that arrived before anyone listened. */
  unheardPushes = 0;
  /** Pushes that were not sent, because the peer does not read what it has. */
  droppedPushes = 0;

  constructor(methods: readonly { name: string; kind: MethodKind }[]) {
    this.methods = methods.map(({ name, kind }) => new MethodCounters(name, kind));
  }
}

/** One message, as whoever watches a port sees it. */
export interface Envelope {
  /** performance.now() of this process. */
  at: number;
  contract: string;
  /** Names of the two processes, as their port's owners gave them. */
  from: string;
  to: string;
  direction: Direction;
  kind: MethodKind | 'reply' | 'error' | 'item' | 'callback';
  method: string;
  bytes: number;
  /** Of replies: since their call was made, or arrived here. */
  latencyMs?: number;
  /** Only for who asked for it. */
  payload?: unknown;
}
