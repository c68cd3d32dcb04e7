type Listener = (event: { data: object }) => void;

/**
 * Port that Comlink uses. Comlink gets only messages that this side passes to `deliver`, and its own messages go to
 * `post` instead of a wire. It must not be named MessagePort, because Comlink would close it.
 */
export class ComlinkEndpoint<Posted> {
  readonly #post: (message: Posted) => void;
  #listener: Listener | undefined;

  constructor(post: (message: Posted) => void) {
    this.#post = post;
  }

  deliver(data: object): void {
    this.#listener?.({ data });
  }

  postMessage(message: Posted): void {
    this.#post(message);
  }

  /** Comlink adds one listener, which is a function. */
  addEventListener(_type: string, listener: unknown): void {
    this.#listener = listener as Listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }
}
