import { whenPainted } from '@bulkhead/ui';
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/**
 * What of the shell lies over the page: menus, cards, dialogs. While there is any, the shell's view is above the
 * page's, and has to be seen through where the page is.
 */
export class Overlays {
  /** There is a hole where the page is. */
  through = $state(false);
  readonly #open = new SvelteSet<string>();
  /** Those of `#open` that a person opened, and that a new document can open again. */
  readonly #popovers = new Map<string, HTMLElement>();
  readonly #raise: (raise: boolean) => Promise<unknown>;
  #wanted: string | null = null;

  constructor(raise: (raise: boolean) => Promise<unknown>) {
    this.#raise = raise;
  }

  get any(): boolean {
    return this.#open.size > 0;
  }

  isOpen(name: string): boolean {
    return this.#open.has(name);
  }

  /** The popover that is open. */
  get popover(): string | null {
    return [...this.#open].find((name) => this.#popovers.has(name)) ?? null;
  }

  /** From an effect, too: it depends on nothing of this. */
  set(name: string, open: boolean): void {
    untrack(() => this.#set(name, open));
  }

  #set(name: string, open: boolean): void {
    const before = this.any;
    if (open) this.#open.add(name);
    else this.#open.delete(name);
    if (this.any === before) return;
    if (this.any) {
      // The hole has to be there before the shell comes up, or the page would blink.
      this.through = true;
      whenPainted(() => void (this.any && this.#tell(true)));
    } else {
      void this.#tell(false).then(() => {
        this.through = this.any;
      });
    }
  }

  /** Names a popover that a new document of the shell opens again when it was open. Returns what takes it back. */
  register(name: string, popover: HTMLElement): () => void {
    this.#popovers.set(name, popover);
    if (this.#wanted === name) this.openAgain(name);
    return () => this.#popovers.delete(name);
  }

  openAgain(name: string): void {
    const popover = this.#popovers.get(name);
    this.#wanted = popover ? null : name;
    popover?.showPopover();
  }

  /** What lies over the page speaks of the tab that was shown when it opened. */
  closePopovers(): void {
    for (const popover of this.#popovers.values()) popover.hidePopover();
  }

  async #tell(raise: boolean): Promise<void> {
    await this.#raise(raise).catch((error: unknown) => console.error(error));
  }
}
