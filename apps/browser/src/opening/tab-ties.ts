import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import type { Asked } from './blocked-popups.ts';
import { loadOptions } from './load-options.ts';

/**
 * Which tabs may share a process: those whose opener can script them, and no others. Views that are made at the same
 * instant have been seen to share one; then the later tab starts over in contents of its own.
 */
export class TabTies {
  readonly #strip: TabStrip;
  readonly #openers = new WeakMap<Tab, Tab>();
  /** What a page wanted in the tab that it opened. */
  readonly #asked = new WeakMap<Tab, Asked>();
  /** Tabs that have had their first document. */
  readonly #started = new WeakSet<Tab>();

  constructor(strip: TabStrip) {
    this.#strip = strip;
    strip.on('added', (tab) => tab.on('committed', () => this.#keepApart(tab)));
  }

  /** The opener kept a reference: they may share a process. */
  tie(tab: Tab, opener: Tab): void {
    this.#openers.set(tab, opener);
  }

  /** Remembers how the tab was opened, in case that it has to start over. */
  remember(tab: Tab, asked: Asked): void {
    this.#asked.set(tab, asked);
  }

  #keepApart(tab: Tab): void {
    if (this.#started.has(tab)) return;
    this.#started.add(tab);
    // A form would be sent twice, or be lost. The tab stays where it is, and the interface says that it shares a process.
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

  /** The tab that opened the tab that opened … this one. */
  #root(tab: Tab): Tab {
    const opener = this.#openers.get(tab);
    return opener ? this.#root(opener) : tab;
  }
}
