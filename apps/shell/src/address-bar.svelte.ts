import { type AddressRequests, type BreakResult, longestTyped, type Refusal } from '@bulkhead/contracts';
import { flushSync, tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { ShellHost } from './shell-host.ts';
import { TypedAhead } from './typed-ahead.svelte.ts';

/** Parts of the shell that the address bar needs. */
interface Shell {
  readonly window: { readonly activeTab: number | null } | null;
  ask(question: (host: ShellHost) => Promise<unknown>): void;
  tellOfFault(result: BreakResult): void;
}

/** Text that the user types into the address bar, and the tab that it is for. */
export class AddressBar {
  /** Typed text that was not sent yet, by tab. */
  readonly drafts = new SvelteMap<number, string>();
  /** Why the browser refused the text in the address bar, by tab. */
  readonly refusals = new SvelteMap<number, Refusal>();
  readonly ahead = new TypedAhead();
  readonly #shell: Shell;
  #field: HTMLInputElement | null = null;
  /** Number of the newest request in the state; undefined before the first state. */
  #requested: number | undefined;
  /** Whether the key of the newest request has come, so that the address bar has the focus. */
  #isKeyHere = false;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Registers the field. Returns a function that removes it again. */
  register(field: HTMLInputElement): () => void {
    this.#field = field;
    return () => {
      this.#field = null;
    };
  }

  /** Text that was typed for the tab that is or is about to be active; undefined if its address is shown. */
  get draft(): string | undefined {
    const { current } = this.ahead;
    if (current) return current.text ?? undefined;
    return this.drafts.get(this.#shell.window?.activeTab ?? 0);
  }

  /** Sets the text that the user has typed; null discards it. */
  type(text: string | null): void {
    const { current } = this.ahead;
    const tab = this.#shell.window?.activeTab ?? null;
    if (current) current.text = text;
    else if (tab !== null) {
      this.refuse(tab, null);
      if (text === null) this.drafts.delete(tab);
      else this.drafts.set(tab, text);
    }
  }

  /** Opens an address in the tab that is or is about to be active. */
  go(address: string): void {
    const { current } = this.ahead;
    const tab = this.#shell.window?.activeTab ?? null;
    // Before the user types, the field has the address of another tab.
    if (current) current.address = current.text === null ? null : address;
    else if (tab !== null) this.#navigate(tab, address);
  }

  #navigate(tab: number, address: string): void {
    if (address.length > longestTyped) {
      this.refuse(tab, { why: 'too-long', scheme: null });
      return;
    }
    const draft = this.drafts.get(tab);
    this.#shell.ask(async ({ call }) => {
      const result = await call.navigate(tab, address);
      if (result.outcome === 'fault') this.#shell.tellOfFault(result.result);
      if (result.outcome === 'refused') this.refuse(tab, result.refusal);
      // Text typed since then is the user's next address. A refused text stays, to be corrected.
      else if (this.drafts.get(tab) === draft) this.drafts.delete(tab);
    });
  }

  /** Sets why the browser refused the typed text; null clears it. */
  refuse(tab: number, refusal: Refusal | null): void {
    if (refusal) this.refusals.set(tab, refusal);
    else this.refusals.delete(tab);
  }

  /** Handles the key by which the browser requests the address bar for the user. */
  takeKey(event: KeyboardEvent): void {
    if (!this.ahead.keyCame(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#isKeyHere = true;
    // Text that is drawn later would remove the selection.
    flushSync();
    // Keep text that was typed after the shell's own request.
    if (this.ahead.current?.text) this.#field?.focus();
    else this.focus();
  }

  /** Handles the state's list of tabs for which the user requested the address bar. */
  takeRequests(requests: AddressRequests): void {
    const isNew = requests.count !== this.#requested;
    this.#requested = requests.count;
    for (const { tab, text, address } of this.ahead.take(requests)) {
      if (text !== null) this.drafts.set(tab, text);
      else if (document.activeElement === this.#field) void tick().then(() => this.selectAgain());
      if (address !== null) this.#navigate(tab, address);
    }
    // Keys that come before the shell is first drawn are lost. The field is enabled with the first tab.
    if (isNew && requests.count > 0 && !this.#isKeyHere) void tick().then(() => this.focus());
    this.#isKeyHere = this.ahead.current !== undefined;
  }

  /**
   * Selects all text only if the field still has the focus: selecting would take it from a dialog of the active tab.
   */
  selectAgain(): void {
    if (document.activeElement === this.#field) this.#field?.select();
  }

  focus(): void {
    this.#field?.focus();
    this.#field?.select();
  }

  /** Opens a tab and focuses the address bar, where the user types its address. */
  openNewTab(): void {
    const tell = this.ahead.expect();
    flushSync();
    this.focus();
    this.#shell.ask(({ call }) =>
      call.newTab(null).then(tell, (error: unknown) => {
        tell(null);
        throw error;
      }),
    );
  }
}
