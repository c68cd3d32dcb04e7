import type { Endpoint } from '../endpoint.ts';

/**
 * An endpoint whose other end is the test itself. The test reads posted messages and delivers others, synchronously.
 */
export class HandEndpoint implements Endpoint {
  readonly posted: unknown[] = [];
  started = false;
  closed = false;
  #onMessage: (message: unknown, ports: readonly unknown[]) => void = () => undefined;
  #onClose: () => void = () => undefined;

  /** Delivers a message from the other side. */
  receive(message: unknown, ports: readonly unknown[] = []): void {
    this.#onMessage(message, ports);
  }

  /** Closes the other side's port. */
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
