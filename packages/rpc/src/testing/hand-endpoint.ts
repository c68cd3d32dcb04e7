import type { Endpoint } from '../endpoint.ts';

/** An endpoint whose other end is the test's own hand: it sees what is posted and says what arrives, at once. */
export class HandEndpoint implements Endpoint {
  readonly posted: unknown[] = [];
  started = false;
  closed = false;
  #onMessage: (message: unknown, ports: readonly unknown[]) => void = () => undefined;
  #onClose: () => void = () => undefined;

  /** What the other side sends. */
  receive(message: unknown, ports: readonly unknown[] = []): void {
    this.#onMessage(message, ports);
  }

  /** The other side's port closes. */
  hangUp(): void {
    this.#onClose();
  }

  post(message: unknown): void {
    this.posted.push(message);
  }

  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void {
    this.#onMessage = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  start(): void {
    this.started = true;
  }

  close(): void {
    this.closed = true;
  }
}
