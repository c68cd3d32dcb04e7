import type { Rectangle, TabFrameStatistics, WindowState } from '@bulkhead/contracts';
import { SvelteMap } from 'svelte/reactivity';
import { type Notice, noticesOf } from './notices.ts';
import type { ShellClient, ShellListener } from './shell-client.ts';

/** Numbers that change faster than this cannot be read. */
const statisticsIntervalMs = 100;

/** What the shell draws, and the browser that it asks. State arrives as whole snapshots and is never changed here. */
export class ShellState implements ShellListener {
  window: WindowState | null = $state.raw(null);
  frames: TabFrameStatistics | null = $state.raw(null);
  notice: Notice | null = $state.raw(null);
  /** Set while something of the shell's lies over the page. */
  overlay = $state(false);
  /** What was typed into the address bar and not yet sent, by tab. */
  readonly drafts = new SvelteMap<number, string>();
  readonly activeTab = $derived(this.window?.tabs.find(({ id }) => id === this.window?.activeTab) ?? null);

  /** Null until the browser's port has arrived. */
  #client: ShellClient | null = null;
  #addressField: HTMLInputElement | null = null;
  #bounds: Rectangle | null = null;
  #nextStatistics: TabFrameStatistics | null = null;

  connect(client: ShellClient): void {
    this.#client = client;
    if (this.#bounds) void client.setContentBounds(this.#bounds);
  }

  /** Asks the browser; without one there is nothing to ask, and nothing on screen to ask it with. */
  ask(question: (client: ShellClient) => unknown): void {
    if (this.#client) void question(this.#client);
  }

  onWindowState(state: WindowState): void {
    const notice = this.window && noticesOf(this.window.plugins, state.plugins).at(-1);
    if (notice) this.notice = notice;
    this.window = state;
    for (const tab of this.drafts.keys()) {
      if (!state.tabs.some(({ id }) => id === tab)) this.drafts.delete(tab);
    }
  }

  onFrameStatistics(statistics: TabFrameStatistics): void {
    if (!this.#nextStatistics) {
      setTimeout(() => {
        this.frames = this.#nextStatistics;
        this.#nextStatistics = null;
      }, statisticsIntervalMs);
    }
    this.#nextStatistics = statistics;
  }

  onFocusAddress(): void {
    this.#addressField?.focus();
    this.#addressField?.select();
  }

  /** Names the field that `focusAddress` means. Returns a function that takes it back. */
  registerAddressField(field: HTMLInputElement): () => void {
    this.#addressField = field;
    return () => {
      this.#addressField = null;
    };
  }

  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds;
    this.ask((client) => client.setContentBounds(bounds));
  }

  setOverlay(open: boolean): void {
    this.overlay = open;
    this.ask((client) => client.setOverlay(open));
  }

  /** Shows the internal page of an address: in the tab that has it already, or in a new one. */
  openInternal(address: string): void {
    const open = this.window?.tabs.find((tab) => tab.address === address || tab.address === `${address}/`);
    this.ask((client) => (open ? client.activateTab(open.id) : client.newTab(address)));
  }
}
