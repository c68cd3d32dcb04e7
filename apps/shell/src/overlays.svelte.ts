import { whenPainted } from '@bulkhead/ui';
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/**
 * The shell's overlays over the page: menus, cards, dialogs. While one is open, the shell's view is above the page's,
 * and has to be transparent over the page.
 */
export class Overlays {
  /** Whether the shell has a hole over the page. */
  through = $state(false);
  readonly #open = new SvelteSet<string>();
  /** Overlays that the user opens, which a new document can open again. */
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

  /** Name of the open popover; null if there is none. */
  get popover(): string | null {
    return [...this.#open].find((name) => this.#popovers.has(name)) ?? null;
  }

  /** Opens or closes an overlay. Untracked, so that effects can call it without depending on this state. */
  set(name: string, open: boolean): void {
    untrack(() => this.#set(name, open));
  }

  #set(name: string, open: boolean): void {
    const before = this.any;
    if (open) this.#open.add(name);
    else this.#open.delete(name);
    if (this.any === before) return;
    if (this.any) {
      // Paint the hole before the shell is raised, or the page would flicker.
      this.through = true;
      whenPainted(() => void (this.any && this.#tell(true)));
    } else {
      void this.#tell(false).then(() => {
        this.through = this.any;
      });
    }
  }

  /**
   * Registers a popover that a new document of the shell opens again if it was open. Returns a function that undoes it.
   */
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

  /** Closes all popovers, because each is about the tab that was active when it opened. */
  closePopovers(): void {
    for (const popover of this.#popovers.values()) popover.hidePopover();
  }

  async #tell(raise: boolean): Promise<void> {
    await this.#raise(raise).catch((error: unknown) => console.error(error));
  }
}
