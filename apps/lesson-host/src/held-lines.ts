/** Lines at which parts of one program wait until they are let go on: one is shown at a time, in the order of their coming. */
export class HeldLines {
  readonly #show: (label: string, held: boolean) => void;
  readonly #held: { readonly label: string; readonly go: () => void }[] = [];

  /** @param show is told which line the program is held at, and when that one goes on */
  constructor(show: (label: string, held: boolean) => void) {
    this.#show = show;
  }

  /** Resolves when it may go on. */
  hold(label: string): Promise<void> {
    return new Promise((resolve) => {
      this.#held.push({ label, go: resolve });
      if (this.#held.length === 1) this.#show(label, true);
    });
  }

  /** Lets the one go on that is shown. */
  go(): void {
    const first = this.#held.shift();
    if (!first) return;
    this.#show(first.label, false);
    first.go();
    const [next] = this.#held;
    if (next) this.#show(next.label, true);
  }

  goAll(): void {
    while (this.#held.length > 0) this.go();
  }
}
