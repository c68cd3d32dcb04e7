import type { SavedTab } from './saved-session.ts';

/** A tab that is recorded, and recorded once: it never changes. */
export interface RecordedTab {
  saved(): SavedTab;
}

/** One that says when it changes. */
export interface ChangingTab extends RecordedTab {
  on(event: 'changed', listener: () => void): unknown;
}

export interface RecordedStrip {
  /** In order. */
  readonly kept: readonly RecordedTab[];
  /** Those of them that change, and tabs that are not kept. */
  readonly tabs: readonly ChangingTab[];
  readonly active: RecordedTab | undefined;
  on(event: 'added' | 'activated', listener: (tab: ChangingTab) => void): unknown;
}

/**
 * The session of one window as JSON, whenever it is asked for. Only tabs that changed since are looked at again, so
 * that hundreds of them cost no frame.
 */
export class SessionRecorder {
  readonly #strip: RecordedStrip;
  readonly #tabs = new WeakMap<RecordedTab, string>();
  /** Of those that are kept, the one that was active last. */
  #active: RecordedTab | undefined;
  #last: string | undefined;
  #frozen = false;

  constructor(strip: RecordedStrip) {
    this.#strip = strip;
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
    // Where the runtime keeps the scroll position, it says nothing when that changes: asked when the person leaves.
    this.#active = strip.active;
    strip.on('activated', (tab) => {
      if (this.#active) this.#tabs.delete(this.#active);
      if (strip.kept.includes(tab)) this.#active = tab;
    });
  }

  /** From now on `body` stays as it is: the window closes, and its tabs go one after the other. */
  freeze(): void {
    this.body();
    this.#frozen = true;
  }

  /** Undefined before there was a tab. Without tabs it is the session before the last one was closed. */
  body(): string | undefined {
    const { kept } = this.#strip;
    if (this.#frozen || kept.length === 0) return this.#last;
    const activeTab = Math.max(0, this.#active ? kept.indexOf(this.#active) : 0);
    const saved = kept.map((tab) => this.#saved(tab)).join(',\n');
    this.#last = `{"windows":[{"activeTab":${activeTab},"tabs":[\n${saved}]}]}`;
    return this.#last;
  }

  #follow(tab: ChangingTab): void {
    tab.on('changed', () => this.#tabs.delete(tab));
  }

  #saved(tab: RecordedTab): string {
    const known = this.#tabs.get(tab);
    if (known !== undefined) return known;
    const saved = JSON.stringify(tab.saved());
    this.#tabs.set(tab, saved);
    return saved;
  }
}
