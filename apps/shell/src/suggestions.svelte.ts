import type { Suggestion } from '@bulkhead/contracts';
import type { ShellState } from './shell-state.svelte.ts';

/** Pages that were visited before, offered to who types an address, and which of them is chosen. */
export class Suggestions {
  list: readonly Suggestion[] = $state.raw([]);
  /** Index of the chosen one; -1 is what was typed. */
  chosen = $state(-1);
  readonly #shell: ShellState;
  /** Counts questions: only the answer to the newest is of interest. */
  #asked = 0;

  constructor(shell: ShellState) {
    this.#shell = shell;
  }

  /** Of the chosen one: where it leads, and what is shown of it. */
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

  /** To the next one, or the one before; beyond either end is what was typed. */
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
