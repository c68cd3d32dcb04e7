import type { Endpoint } from 'comlink';

/**
 * What Comlink takes for a port. Nothing reaches it but what this side hands over with `deliver`, and what it posts
 * comes to `post` instead of a wire. Not named MessagePort: Comlink would close it.
 */
export class ComlinkEndpoint<Posted> implements Endpoint {
  readonly #post: (message: Posted) => void;
  #listener: EventListenerOrEventListenerObject | undefined;

  constructor(post: (message: Posted) => void) {
    this.#post = post;
  }

  deliver(data: object): void {
    const event = { data } as MessageEvent;
    if (typeof this.#listener === 'function') this.#listener(event);
    else this.#listener?.handleEvent(event);
  }

  postMessage(message: Posted): void {
    this.#post(message);
  }

  addEventListener(_type: string, listener: EventListenerOrEventListenerObject): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }
}
