import { type AddressRequests, type BreakResult, longestTyped, type Refusal } from '@bulkhead/contracts';
import { flushSync, tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { ShellHost } from './shell-host.ts';
import { TypedAhead } from './typed-ahead.svelte.ts';

/** The shell, as the address bar needs it. */
interface Shell {
  readonly window: { readonly activeTab: number | null } | null;
  ask(question: (host: ShellHost) => Promise<unknown>): void;
  tellOfFault(result: BreakResult): void;
}

/** What is typed into the address bar, and for which tab. */
export class AddressBar {
  /** What was typed and not yet sent, by tab. */
  readonly drafts = new SvelteMap<number, string>();
  /** Why the text in the address bar of a tab leads nowhere, by tab. */
  readonly refusals = new SvelteMap<number, Refusal>();
  readonly ahead = new TypedAhead();
  readonly #shell: Shell;
  #field: HTMLInputElement | null = null;
  /** Number of the newest request that the state has told of; undefined before the first state. */
  #requested: number | undefined;
  /** The newest request was told by its key, and the keyboard is here. */
  #isKeyHere = false;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Names the field. Returns a function that takes it back. */
  register(field: HTMLInputElement): () => void {
    this.#field = field;
    return () => {
      this.#field = null;
    };
  }

  /** What was typed for the tab that is shown, or that is about to be; undefined where its address is shown. */
  get draft(): string | undefined {
    const { current } = this.ahead;
    if (current) return current.text ?? undefined;
    return this.drafts.get(this.#shell.window?.activeTab ?? 0);
  }

  /** The user has typed; null takes it back. */
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

  /** The user wants to go to an address, in the tab that is shown or that is about to be. */
  go(address: string): void {
    const { current } = this.ahead;
    const tab = this.#shell.window?.activeTab ?? null;
    // What stands there before the user has typed is the address of another tab.
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
      // What has been typed since is the user's next address. What was refused stays, to be corrected.
      else if (this.drafts.get(tab) === draft) this.drafts.delete(tab);
    });
  }

  /** Says why what was typed leads nowhere; null takes it back. */
  refuse(tab: number, refusal: Refusal | null): void {
    if (refusal) this.refusals.set(tab, refusal);
    else this.refusals.delete(tab);
  }

  /** Takes the key by which the browser says that the user wants the address bar. */
  takeKey(event: KeyboardEvent): void {
    if (!this.ahead.keyCame(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#isKeyHere = true;
    // A text that is drawn later would take the selection away.
    flushSync();
    // What was typed since the shell itself has asked stays.
    if (this.ahead.current?.text) this.#field?.focus();
    else this.focus();
  }

  /** The state tells which tabs the user wanted the address bar for. */
  takeRequests(requests: AddressRequests): void {
    const isNew = requests.count !== this.#requested;
    this.#requested = requests.count;
    for (const { tab, text, address } of this.ahead.take(requests)) {
      if (text !== null) this.drafts.set(tab, text);
      else if (document.activeElement === this.#field) void tick().then(() => this.selectAgain());
      if (address !== null) this.#navigate(tab, address);
    }
    // Keys are lost before the shell is drawn for the first time. The field is enabled with the first tab.
    if (isNew && requests.count > 0 && !this.#isKeyHere) void tick().then(() => this.focus());
    this.#isKeyHere = this.ahead.current !== undefined;
  }

  /** To select takes the focus, which a dialog of the tab that is shown now may have by then. */
  selectAgain(): void {
    if (document.activeElement === this.#field) this.#field?.select();
  }

  focus(): void {
    this.#field?.focus();
    this.#field?.select();
  }

  /** Opens a tab and waits in the address bar for where it shall go. */
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
