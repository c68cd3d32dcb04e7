import type { shellHost } from '@bulkhead/contracts';
import type { Handlers } from '@bulkhead/rpc/contract';
import { shell as system } from 'electron';
import { isCutAddress } from '../bounds/page-facts.ts';
import type { TabQuestions } from '../dialogs/tab-questions.ts';
import type { WindowClosing } from '../dialogs/window-closing.ts';
import type { Downloads } from '../downloads/downloads.ts';
import { offers } from '../faults/catalogue.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import type { FramePath } from '../frames/frame-path.ts';
import type { TabSnapshots } from '../frames/tab-snapshots.ts';
import { addressOf, meaningOf } from '../omnibox/meaning-of.ts';
import type { PageWindows } from '../opening/page-windows.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { endProcess } from '../processes/end-process.ts';
import type { Shell } from '../shell/shell.ts';
import type { History } from '../storage/history/history.ts';
import type { Settings } from '../storage/settings/settings.ts';
import type { HangWatch } from '../supervision/hang/hang-watch.ts';
import type { Notices } from '../supervision/notices/notices.ts';
import type { FrameThrottles } from '../supervision/subframes/frame-throttles.ts';
import type { Subframes } from '../supervision/subframes/subframes.ts';
import type { SessionStore } from '../tabs/session-store.ts';
import { Tab } from '../tabs/tab.ts';
import type { StripTab, TabStrip } from '../tabs/tab-strip.ts';
import { followState } from '../timing/streams.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { WindowStateFeed } from './window-state-feed.ts';

/** Updates of the shown figures. Faster ones would be unreadable. */
const figuresPerSecond = 10;

interface ShellHostParts {
  strip: TabStrip;
  shell: Shell;
  window: BrowserWindow;
  plugin: PluginProcess;
  framePath: FramePath;
  snapshots: TabSnapshots;
  faults: FaultInjector;
  hangs: HangWatch;
  frameThrottles: FrameThrottles;
  subframes: Subframes;
  questions: TabQuestions;
  notices: Notices;
  downloads: Downloads;
  closing: WindowClosing;
  pageWindows: PageWindows;
  history: History;
  sessionStore: SessionStore | undefined;
  settings: Settings;
  /** Closes a tab for the user. If its page may hold unsaved data, asks the user first. */
  closeTab(tab: StripTab): void;
}

/** Handles the shell's requests. A request for a tab that has closed meanwhile is no error: the next state says so. */
export function shellHandlers(browser: ShellHostParts, feed: WindowStateFeed): Handlers<typeof shellHost> {
  const withTab = (act: (tab: Tab) => void | Promise<void>) => (id: number) => {
    const tab = browser.strip.find(id);
    return tab && act(tab);
  };
  /** Also acts on a tab that has not been loaded since an earlier session. */
  const withAny = (act: (tab: StripTab) => void) => (id: number) => {
    const tab = browser.strip.findAny(id);
    if (tab) act(tab);
  };
  /** Number of the user's last request for each tab: input that is stopped before it is interpreted does not load. */
  const wants = new WeakMap<Tab, number>();
  const want = (tab: Tab) => {
    const count = (wants.get(tab) ?? 0) + 1;
    wants.set(tab, count);
    return () => wants.get(tab) === count && browser.strip.find(tab.id) === tab;
  };
  return {
    newTab: async (typed) => {
      const meaning = await meaningOf(typed ?? '');
      const tab = browser.strip.open(addressOf(meaning) ?? 'bulkhead://newtab/');
      if (typed === null) browser.shell.focusAddress(tab.id);
      // Wait until the tab has a document before injecting the fault.
      if ('fault' in meaning) tab.once('connected', () => void browser.faults.takeTyped(meaning.fault, tab));
      return tab.id;
    },
    closeTab: withAny((tab) => browser.closeTab(tab)),
    activateTab: withAny((tab) => browser.strip.activate(tab)),
    navigate: async (id, typed) => {
      // A cut address stands for the tab's current address.
      if (isCutAddress(typed)) {
        browser.strip.find(id)?.reload();
        return { outcome: 'begun' };
      }
      const tab = browser.strip.find(id);
      const isWanted = tab && want(tab);
      const meaning = await meaningOf(typed);
      if ('refuse' in meaning) return { outcome: 'refused', refusal: meaning.refuse };
      if (!tab || !isWanted?.()) return { outcome: 'begun' };
      const fault = 'fault' in meaning && (await browser.faults.takeTyped(meaning.fault, tab));
      if (fault) return { outcome: 'fault', result: fault };
      const address = addressOf(meaning);
      if (address === undefined) return { outcome: 'begun' };
      tab.load(address);
      if (browser.strip.active === tab) browser.window.focusPage();
      return { outcome: 'begun' };
    },
    suggest: (text) => browser.history.suggest(text),
    goBack: withTab((tab) => tab.goBack()),
    goForward: withTab((tab) => tab.goForward()),
    reload: withAny((tab) => void (tab instanceof Tab ? tab.reload() : browser.strip.wake(tab))),
    answerResend: (id, accepted) => withTab((tab) => tab.answerResend(accepted))(id),
    sendFormAgain: withTab((tab) => tab.sendFormAgain()),
    loadWithoutForm: withTab((tab) => tab.loadWithoutForm()),
    pinTab: (id, pinned) => withAny((tab) => browser.strip.pin(tab, pinned))(id),
    reopen: () => browser.sessionStore?.reopen(),
    openHeldTabs: () => browser.sessionStore?.releaseHeld(),
    dismissRestored: () => browser.sessionStore?.dismissRestored(),
    stop: withTab((tab) => {
      want(tab);
      tab.stop();
    }),
    killTab: withTab(async (tab) => {
      await browser.snapshots.takeBeforeEnd(tab);
      tab.kill();
    }),
    faults: offers,
    breakTab: (id, fault) => browser.faults.cause(fault, browser.strip.find(id)),
    waitForTab: withTab((tab) => browser.hangs.wait(tab)),
    waitForSlowPage: withTab((tab) => {
      tab.waitForSlowPage();
      browser.frameThrottles.wait(tab);
    }),
    endTab: withTab(async (tab) => {
      await browser.snapshots.takeBeforeEnd(tab);
      browser.hangs.end(tab);
    }),
    continueTab: withTab((tab) => void (tab.pid !== null && endProcess(tab.pid, 'SIGCONT'))),
    answerDialog: (id, answer) => {
      const tab = browser.strip.find(id);
      if (tab) browser.questions.answer(tab, answer);
    },
    cancelDownload: (id) => browser.downloads.find(id)?.cancel(),
    retryDownload: (id) => {
      browser.downloads.find(id)?.retry();
      browser.downloads.dismiss(id);
    },
    showDownload: (id) => {
      const file = browser.downloads.find(id)?.file;
      if (file !== undefined) system.showItemInFolder(file);
    },
    dismissDownload: (id) => browser.downloads.dismiss(id),
    answerDownloads: (id, allow) => withTab((tab) => browser.downloads.answer(tab, allow))(id),
    answerClosing: (close) => browser.closing.answer(close),
    reloadDeadFrames: withTab((tab) => browser.subframes.reload(tab)),
    openBlockedPopup: (id, index) => withTab((tab) => browser.pageWindows.openBlocked(tab, index))(id),
    allowPopups: withTab((tab) => browser.pageWindows.allow(tab)),
    dismissBlockedPopups: withTab((tab) => browser.pageWindows.dismissBlocked(tab)),
    dismissRefusal: withTab((tab) => tab.note({ refused: null })),
    dismissCutOff: withTab((tab) => tab.note({ cutOff: false })),
    lastPicture: (id) => {
      const tab = browser.strip.find(id);
      return tab ? browser.snapshots.of(tab) : null;
    },
    dismissNotice: (id) => browser.notices.decline(id),
    followNotice: (id) => browser.notices.follow(id),
    keptState: () => browser.shell.keptState,
    showPluginFigures: (shows) => browser.settings.change({ ...browser.settings.chosen, showPluginFigures: shows }),
    restartPlugin: (name) => {
      if (name === browser.plugin.name) browser.plugin.restart();
    },
    setContentBounds: (bounds) => browser.window.setContentBounds(bounds),
    focusPage: () => browser.window.focusPage(),
    setOverlay: (overlay) => browser.window.setOverlay(overlay),
    painted: (thing) => void browser.shell.emit('painted', thing),
    keepState: (state) => browser.shell.keepState(state),
    windowState: ({ signal }) => feed.read(signal),
    downloads: followState(browser.downloads, () => browser.downloads.list()),
    frameStatistics: async ({ sink }) => {
      const send = sink.latest.bind(sink);
      const stop = browser.framePath.read(figuresPerSecond);
      const stopBeats = feed.followBeats();
      browser.framePath.on('statistics', send);
      await sink.closed;
      stop();
      stopBeats();
      browser.framePath.off('statistics', send);
    },
  };
}
