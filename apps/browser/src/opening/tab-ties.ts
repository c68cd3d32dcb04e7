import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import type { Asked } from './blocked-popups.ts';
import { loadOptions } from './load-options.ts';

/**
 * Decides which tabs may share a process: only those whose opener can script them. Views that are created at the same
 * moment have been seen to share one. Then the later tab starts again in contents of its own.
 */
export class TabTies {
  readonly #strip: TabStrip;
  readonly #openers = new WeakMap<Tab, Tab>();
  /** The request with which a page opened the tab. */
  readonly #asked = new WeakMap<Tab, Asked>();
  /** Tabs that have had their first document. */
  readonly #started = new WeakSet<Tab>();

  constructor(strip: TabStrip) {
    this.#strip = strip;
    strip.on('added', (tab) => tab.on('committed', () => this.#keepApart(tab)));
  }

  /** The opener kept a reference to the tab, so they may share a process. */
  tie(tab: Tab, opener: Tab): void {
    this.#openers.set(tab, opener);
  }

  /** Stores how the tab was opened, in case it must start again. */
  remember(tab: Tab, asked: Asked): void {
    this.#asked.set(tab, asked);
  }

  #keepApart(tab: Tab): void {
    if (this.#started.has(tab)) return;
    this.#started.add(tab);
    // A form would be sent twice or be lost, so the tab stays, and the shell shows that it shares a process.
    if (this.#asked.get(tab)?.postBody) return;
    const root = this.#root(tab);
    const { tabs } = this.#strip;
    const stranger = tabs.some((other) => other !== tab && other.pid === tab.pid && this.#root(other) !== root);
    if (stranger) setImmediate(() => this.#startOver(tab));
  }

  #startOver(tab: Tab): void {
    if (!this.#strip.tabs.includes(tab)) return;
    const asked = this.#asked.get(tab);
    const activate = this.#strip.active === tab;
    const address = asked?.url ?? tab.committedAddress;
    const again = this.#strip.open(address, { activate, behind: tab, ...(asked && { how: loadOptions(asked) }) });
    if (asked) this.remember(again, asked);
    tab.contents.close();
  }

  /** Returns the first tab in the chain of openers. */
  #root(tab: Tab): Tab {
    const opener = this.#openers.get(tab);
    return opener ? this.#root(opener) : tab;
  }
}
