/** Holds parts of one program at marked lines until `go`. Shows one held line at a time, in order of arrival. */
export class HeldLines {
  readonly #show: (label: string, held: boolean) => void;
  readonly #held: { readonly label: string; readonly go: () => void }[] = [];

  /** @param show is called with a label when its line becomes held (`true`) and when it goes on (`false`) */
  constructor(show: (label: string, held: boolean) => void) {
    this.#show = show;
  }

  /** Resolves when the line may go on. */
  hold(label: string): Promise<void> {
    return new Promise((resolve) => {
      this.#held.push({ label, go: resolve });
      if (this.#held.length === 1) this.#show(label, true);
    });
  }

  /** Lets the shown line go on, and shows the next. */
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
