import type { Suggestion } from '@bulkhead/contracts';
import type { ShellState } from './shell-state.svelte.ts';

/** Visited pages that are suggested while the user types an address, and the chosen one. */
export class Suggestions {
  list: readonly Suggestion[] = $state.raw([]);
  /** Index of the chosen suggestion; -1 means the typed text. */
  chosen = $state(-1);
  readonly #shell: ShellState;
  /** Number of the newest question. Answers to older questions are ignored. */
  #asked = 0;

  constructor(shell: ShellState) {
    this.#shell = shell;
  }

  /** The chosen suggestion; undefined for the typed text. */
  get picked(): Suggestion | undefined {
    return this.list[this.chosen];
  }

  ask(typed: string): void {
    const question = ++this.#asked;
    const text = typed.trim().slice(0, 256);
    if (text === '') {
      this.close();
      return;
    }
    this.#shell.ask(async ({ call }) => {
      const list = await call.suggest(text);
      if (question === this.#asked) this.#show(list);
    });
  }

  /** Chooses the next or the previous suggestion; beyond either end, the typed text. */
  step(distance: 1 | -1): void {
    const places = this.list.length + 1;
    this.chosen = ((this.chosen + 1 + distance + places) % places) - 1;
  }

  close(): void {
    this.#asked += 1;
    this.#show([]);
  }

  #show(list: readonly Suggestion[]): void {
    this.list = list;
    this.chosen = -1;
    this.#shell.overlays.set('suggestions', list.length > 0);
  }
}
