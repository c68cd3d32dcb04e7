import type { SavedTab } from './saved-session.ts';

/** What has to be known of a tab to record it. */
export interface RecordedTab {
  on(event: 'changed', listener: () => void): unknown;
  saved(): SavedTab;
}

export interface RecordedStrip<Tab extends RecordedTab> {
  readonly tabs: readonly Tab[];
  readonly active: Tab | undefined;
  on(event: 'added' | 'activated', listener: (tab: Tab) => void): unknown;
}

/**
 * The session of one window as JSON, whenever it is asked for. Only tabs that changed since are looked at again, so
 * that hundreds of them cost no frame.
 */
export class SessionRecorder<Tab extends RecordedTab> {
  readonly #strip: RecordedStrip<Tab>;
  readonly #tabs = new WeakMap<Tab, string>();
  #last: string | undefined;
  #frozen = false;

  constructor(strip: RecordedStrip<Tab>) {
    this.#strip = strip;
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
    // Where the runtime keeps the scroll position, it says nothing when that changes: asked when the person leaves.
    let active = strip.active;
    strip.on('activated', (tab) => {
      if (active) this.#tabs.delete(active);
      active = tab;
    });
  }

  /** From now on `body` stays as it is: the window closes, and its tabs go one after the other. */
  freeze(): void {
    this.body();
    this.#frozen = true;
  }

  /** Undefined before there was a tab. Without tabs it is the session before the last one was closed. */
  body(): string | undefined {
    const { tabs, active } = this.#strip;
    if (this.#frozen || tabs.length === 0) return this.#last;
    const activeTab = Math.max(0, active ? tabs.indexOf(active) : 0);
    const saved = tabs.map((tab) => this.#saved(tab)).join(',\n');
    this.#last = `{"windows":[{"activeTab":${activeTab},"tabs":[\n${saved}]}]}`;
    return this.#last;
  }

  #follow(tab: Tab): void {
    tab.on('changed', () => this.#tabs.delete(tab));
  }

  #saved(tab: Tab): string {
    const known = this.#tabs.get(tab);
    if (known !== undefined) return known;
    const saved = JSON.stringify(tab.saved());
    this.#tabs.set(tab, saved);
    return saved;
  }
}
