type Listener = (event: { data: object }) => void;

/**
 * What Comlink takes for a port. Nothing reaches it but what this side hands over with `deliver`, and what it posts
 * comes to `post` instead of a wire. Not named MessagePort: Comlink would close it.
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

  /** Comlink listens with a function, once. */
  addEventListener(_type: string, listener: unknown): void {
    this.#listener = listener as Listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }
}
