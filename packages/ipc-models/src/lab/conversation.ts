import type { Endpoint } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import type { Actor } from './actor.ts';

/** The other end is closed or its process has ended. */
export class PartnerGoneError extends Error {
  override readonly name = 'PartnerGoneError';
}

/** A received message with its ports. */
export interface Heard {
  readonly value: unknown;
  readonly ports: readonly TransferablePort[];
}

/**
 * One end of a channel to another process of the lesson. It sends and receives values in order, and records each
 * received message with the times of its posting and its arrival.
 */
export class Conversation {
  readonly #actor: Actor;
  readonly #partner: string;
  readonly #endpoint: Endpoint;
  readonly #heard: Heard[] = [];
  readonly #waiting: PromiseWithResolvers<Heard>[] = [];
  #gone = false;

  constructor(actor: Actor, endpoint: Endpoint, partner: string) {
    this.#actor = actor;
    this.#partner = partner;
    this.#endpoint = endpoint;
    endpoint.onMessage((message, ports) => this.#onMessage(message, ports as TransferablePort[]));
    endpoint.onClose(() => this.#onClose());
    endpoint.start();
  }

  static async open(actor: Actor, channel: string, partner: string): Promise<Conversation> {
    return new Conversation(actor, await actor.endpoint(channel), partner);
  }

  /** True once the other end is closed or its process has ended. Messages sent then are lost. */
  get gone(): boolean {
    return this.#gone;
  }

  say(value: unknown, ports: readonly TransferablePort[] = []): void {
    const { name, nowUs } = this.#actor;
    this.#endpoint.post({ from: name, value, sentUs: nowUs() }, ports);
  }

  /** Waits for the next message. Rejects with PartnerGoneError if no more messages can come. */
  hear(): Promise<Heard> {
    const heard = this.#heard.shift();
    if (heard) return Promise.resolve(heard);
    if (this.#gone) return Promise.reject(this.#farewell());
    const waiter = Promise.withResolvers<Heard>();
    this.#waiting.push(waiter);
    return waiter.promise;
  }

  close(): void {
    this.#endpoint.close();
  }

  #onMessage(message: unknown, ports: readonly TransferablePort[]): void {
    const { from, value, sentUs } = message as { from: string; value: unknown; sentUs: number };
    const { name: to, nowUs } = this.#actor;
    const text = typeof value === 'string' ? value.slice(0, 120) : String(JSON.stringify(value)).slice(0, 120);
    this.#actor.message({ from, to, text, sentUs, receivedUs: nowUs() });
    const heard = { value, ports };
    const waiter = this.#waiting.shift();
    if (waiter) waiter.resolve(heard);
    else this.#heard.push(heard);
  }

  #onClose(): void {
    this.#gone = true;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(this.#farewell());
  }

  #farewell(): PartnerGoneError {
    return new PartnerGoneError(`${this.#partner} is gone`);
  }
}
