import { EventEmitter, once } from 'node:events';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { TabState, WindowChange, WindowState } from '@bulkhead/contracts';
import type { WindowClosing } from '../dialogs/window-closing.ts';
import { log } from '../log/log.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import type { Shell } from '../shell/shell.ts';
import type { Settings } from '../storage/settings/settings.ts';
import type { Notices } from '../supervision/notices/notices.ts';
import type { SessionStore } from '../tabs/session-store.ts';
import { Tab } from '../tabs/tab.ts';
import type { StripTab, TabStrip } from '../tabs/tab-strip.ts';
import { TabsByProcess } from '../tabs/tabs-by-process.ts';
import { everySecond } from '../timing/every-second.ts';
import { sendableTab, sendableWindow } from './sendable-state.ts';
import { TabChanges } from './tab-changes.ts';

interface WindowParts {
  strip: TabStrip;
  plugin: PluginProcess;
  shell: Shell;
  sessionStore: SessionStore | undefined;
  notices: Notices;
  closing: WindowClosing;
  settings: Settings;
  isDrill: boolean;
}

interface FeedEvents {
  /** These tabs may have changed. */
  tabs: [readonly Tab[]];
  /** Tabs may have come, gone or moved, or another tab is active. */
  order: [];
  /** Another part of the window's state may have changed. */
  window: [];
}

/** Shortest time between two differences, ms: one frame at 60 Hz. */
const periodMs = 16;

/** The state of a window as differences, for any number of readers. Without a reader it costs nothing. */
export class WindowStateFeed {
  readonly #parts: WindowParts;
  readonly #byProcess = new TabsByProcess<Tab>();
  readonly #events = new EventEmitter<FeedEvents>();
  /** Readers of the active tab's heartbeats. */
  #beatsFollowed = 0;

  constructor(parts: WindowParts) {
    const { strip, plugin, sessionStore, notices, closing, shell, settings } = parts;
    this.#parts = parts;
    for (const tab of strip.tabs) this.#byProcess.move(tab, processOf(tab));
    strip.on('changed', (tab) => {
      if (tab) this.#events.emit('tabs', [tab, ...this.#byProcess.move(tab, processOf(tab))]);
      else this.#events.emit('order');
    });
    strip.on('added', () => this.#events.emit('order'));
    strip.on('removed', (tab) => this.#events.emit('tabs', this.#byProcess.move(tab, null)));
    const windowChanged = () => this.#events.emit('window');
    for (const part of [plugin, sessionStore, notices, closing, settings]) part?.on('changed', windowChanged);
    shell.on('addressRequested', windowChanged);
  }

  /**
   * Yields differences for one reader; the first starts from an empty state. A difference is computed from the current
   * state when the reader can take it. Changes in between are merged into it, and none is lost.
   */
  async *read(signal: AbortSignal): AsyncGenerator<WindowChange, void> {
    const { strip } = this.#parts;
    const tabs = new TabChanges<StripTab>({
      list: () => strip.all,
      activeIndex: () => (strip.active ? strip.all.indexOf(strip.active) : 0),
      state: (tab) => this.#stateOf(tab),
    });
    const wakers = new EventEmitter<{ due: [] }>();
    let known: WindowState | undefined;
    let isWindowDue = true;
    const noteTabs = (changed: readonly Tab[]) => {
      for (const { id } of changed) tabs.note(id);
      wakers.emit('due');
    };
    const noteOrder = () => {
      tabs.noteOrder();
      noteWindow();
    };
    const noteWindow = () => {
      isWindowDue = true;
      wakers.emit('due');
    };
    this.#events.on('tabs', noteTabs).on('order', noteOrder).on('window', noteWindow);
    try {
      while (!signal.aborted) {
        if (!tabs.any && !isWindowDue) await once(wakers, 'due', { signal });
        // All changes of this turn of the event loop form one difference.
        await nextTurn(undefined, { signal });
        const window = isWindowDue ? this.#window() : known;
        isWindowDue = false;
        const difference = { ...tabs.take(), window: isDeepStrictEqual(window, known) ? null : (window ?? null) };
        known = window;
        if (!difference.order && !difference.window && difference.tabs.length + difference.changed.length === 0)
          continue;
        yield difference;
        await delay(periodMs, undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#events.off('tabs', noteTabs).off('order', noteOrder).off('window', noteWindow);
    }
  }

  get areBeatsFollowed(): boolean {
    return this.#beatsFollowed > 0;
  }

  /** Sends the active tab's heartbeats once a second, until the caller calls the returned function. */
  followBeats(): () => void {
    const { strip } = this.#parts;
    const stop = everySecond(() => strip.active && this.#events.emit('tabs', [strip.active]));
    this.#beatsFollowed += 1;
    return () => {
      this.#beatsFollowed -= 1;
      stop();
    };
  }

  #stateOf(tab: StripTab): TabState {
    // The state of a sleeping tab comes from the parsed session, which has been checked.
    if (!(tab instanceof Tab)) return tab.state();
    return sendableTab(tab.state(this.#byProcess.sharers(tab)), (problem) =>
      tab.endForFault(new Error(`its state cannot be sent: ${problem}`)),
    );
  }

  #window(): WindowState {
    const { strip, plugin, shell, sessionStore, notices, closing, settings, isDrill } = this.#parts;
    const state = {
      activeTab: strip.active?.id ?? null,
      addressRequests: shell.addressRequests,
      plugins: [plugin.state()],
      showsPluginFigures: isDrill || settings.chosen.showPluginFigures,
      notices: [...notices.all],
      session: sessionStore?.state() ?? { restored: null, unsaved: null, reopenable: false },
      closing: closing.question,
      shellPid: shell.pid,
      browserPid: process.pid,
      runtime: runtimeVersions(),
    };
    return sendableWindow(state, (problem) => log.error('a part of the window cannot be shown:', problem));
  }
}

/** PID of the process that a tab runs in, or that it last ran in; null if there is none. */
const processOf = ({ pid, ended }: Tab) => pid ?? ended?.pid ?? null;
