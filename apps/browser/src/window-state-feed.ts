import { EventEmitter } from 'node:events';
import type { WindowState } from '@bulkhead/contracts';
import type { Browser } from './browser.ts';
import { runtimeVersions } from './runtime-versions.ts';

type WindowParts = Pick<Browser, 'strip' | 'plugin' | 'shell' | 'sessionStore' | 'isolation' | 'closing'>;

/** The window's state as the shell draws it. Changes of one turn of the event loop are one change. */
export class WindowStateFeed extends EventEmitter<{ state: [WindowState] }> {
  readonly #browser: WindowParts;
  #scheduled = false;

  constructor(browser: WindowParts) {
    super();
    this.#browser = browser;
    const changed = () => this.#schedule();
    browser.strip.on('changed', changed);
    browser.plugin.on('changed', changed);
    browser.sessionStore?.on('changed', changed);
    browser.isolation.notices.on('changed', changed);
    browser.closing.on('changed', changed);
    // Heartbeats change nothing that anybody has to be told of at once.
    setInterval(changed, heartbeatPeriodMs);
  }

  current(): WindowState {
    const { strip, plugin, shell, sessionStore, isolation, closing } = this.#browser;
    return {
      tabs: strip.states(),
      activeTab: strip.active?.id ?? null,
      plugins: [plugin.state()],
      notices: [...isolation.notices.all],
      session: sessionStore?.state() ?? { restored: null, unsaved: null, reopenable: false },
      closing: closing.question,
      shellPid: shell.pid,
      browserPid: process.pid,
      runtime: runtimeVersions(),
    };
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.listenerCount('state') > 0) this.emit('state', this.current());
    });
  }
}

/** How often the shell is told of heartbeats, ms. */
const heartbeatPeriodMs = 1000;
