import { SvelteSet } from 'svelte/reactivity';
import { usualColumns } from './process-columns.ts';
import type { ProcessColumn } from './process-rows.ts';

const storageKey = 'process-columns';

/** Columns that the user has chosen, remembered by this page. */
export class ChosenColumns {
  readonly #chosen = new SvelteSet<string>(read() ?? usualColumns);

  has(column: ProcessColumn): boolean {
    return this.#chosen.has(column);
  }

  get count(): number {
    return this.#chosen.size;
  }

  choose(column: ProcessColumn, chosen: boolean): void {
    if (chosen) this.#chosen.add(column);
    else this.#chosen.delete(column);
    localStorage.setItem(storageKey, JSON.stringify([...this.#chosen]));
  }
}

function read(): string[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : null;
  } catch {
    return null; // damaged, or written by an older version
  }
}
