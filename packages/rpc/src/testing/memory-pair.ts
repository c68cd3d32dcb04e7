import { Deserializer, Serializer } from 'node:v8';
import type { Endpoint } from '../endpoint.ts';

/** One end of a channel in memory. It behaves like Electron's MessagePortMain, including its pitfalls. */
export interface MemoryPort extends Endpoint {
  /** Exists so that `port()` schemas accept this port. */
  postMessage(message: unknown): void;
  /** Acts like a SIGKILL of the process that holds this end: it falls silent, and the other end closes. */
  kill(): void;
}

class Port implements MemoryPort {
  /** A function property makes the port uncloneable, like a real port: it travels beside a message, never in it. */
  readonly uncloneable = (): void => undefined;
  #other: Port | undefined;
  readonly #queue: { data: Buffer; ports: readonly unknown[] }[] = [];
  #onMessage: (message: unknown, ports: readonly unknown[]) => void = () => undefined;
  #onClose: () => void = () => undefined;
  #state: 'new' | 'started' | 'closed' | 'moved' = 'new';
  #otherGone = false;
  #draining = false;

  static pair(): [Port, Port] {
    const one = new Port();
    const two = new Port();
    one.#other = two;
    two.#other = one;
    return [one, two];
  }

  post(message: unknown, ports: readonly unknown[]): void {
    const other = this.#other;
    for (const [index, port] of ports.entries()) {
      if (!(port instanceof Port)) throw new TypeError(`Port at index ${index} is not a valid port`);
      if (port === this || port === other) throw new TypeError(`Port at index ${index} contains the source port`);
      if (port.#state !== 'new' || ports.indexOf(port) !== index) {
        throw new TypeError(`Port at index ${index} is already neutered`);
      }
    }
    const data = serialize(message);
    if (this.#state === 'closed' || this.#state === 'moved' || !other || other.#state === 'closed') return;
    const moved = ports.map((port) => (port as Port).#move());
    other.#queue.push({ data, ports: moved });
    other.#schedule();
  }

  postMessage(message: unknown): void {
    this.post(message, []);
  }

  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void {
    this.#onMessage = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'started';
    this.#schedule();
  }

  close(): void {
    if (this.#state === 'closed' || this.#state === 'moved') return;
    this.#state = 'closed';
    this.#queue.length = 0;
    if (this.#other) this.#other.#otherClosed();
  }

  kill(): void {
    this.close();
  }

  #otherClosed(): void {
    this.#otherGone = true;
    this.#schedule();
  }

  /** Returns the same end of the same channel as a new object for the receiver. */
  #move(): Port {
    const moved = new Port();
    moved.#other = this.#other;
    if (this.#other) this.#other.#other = moved;
    moved.#queue.push(...this.#queue.splice(0));
    moved.#otherGone = this.#otherGone;
    this.#state = 'moved';
    return moved;
  }

  #schedule(): void {
    if (this.#state !== 'started' || this.#draining) return;
    this.#draining = true;
    setImmediate(() => this.#drain());
  }

  /** Delivers one message per task, like a real port. The close comes after the last message. */
  #drain(): void {
    this.#draining = false;
    if (this.#state !== 'started') return;
    const next = this.#queue.shift();
    if (next) this.#onMessage(deserialize(next.data), next.ports);
    else if (this.#otherGone) {
      this.#state = 'closed';
      this.#onClose();
    }
    if (this.#queue.length > 0 || this.#otherGone) this.#schedule();
  }
}

/**
 * Makes a channel in memory.
 * @returns its two ends
 */
export function memoryPair(): [MemoryPort, MemoryPort] {
  return Port.pair();
}

/** Serialises a message as between processes: refuses functions, ports in the body and shared memory. */
function serialize(message: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(message);
  return serializer.releaseBuffer();
}

function deserialize(data: Buffer): unknown {
  const deserializer = new Deserializer(data);
  deserializer.readHeader();
  return deserializer.readValue();
}
