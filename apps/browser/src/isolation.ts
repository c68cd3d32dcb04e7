import path from 'node:path';
import type { ProcessEnd } from '@bulkhead/contracts';
import { app } from 'electron';
import { watchNetworkSandbox } from './app/network-sandbox.ts';
import { runtimeVersions } from './app/runtime-versions.ts';
import type { Browser } from './browser.ts';
import { SignIn } from './dialogs/sign-in.ts';
import { TabQuestions } from './dialogs/tab-questions.ts';
import { Breaker } from './faults/breaker.ts';
import { LastPictures } from './frames/last-pictures.ts';
import { ServiceEnds } from './processes/service-ends.ts';
import { ServicePids } from './processes/service-pids.ts';
import { CrashReports } from './storage/crash-reports/crash-reports.ts';
import type { GuardThread } from './supervision/guard/guard-thread.ts';
import { ProcessWatch } from './supervision/guard/process-watch.ts';
import { HangWatch } from './supervision/hang/hang-watch.ts';
import { PageDialogs } from './supervision/hang/page-dialogs.ts';
import { QuietProcesses, type Watched } from './supervision/hang/quiet-processes.ts';
import { MemoryLimit } from './supervision/memory/memory-limit.ts';
import { MemoryWatch } from './supervision/memory/memory-watch.ts';
import { watchOthers } from './supervision/notices/aftermath.ts';
import { MissingHelpers } from './supervision/notices/missing-helpers.ts';
import { noticeAside, noticeTroubles } from './supervision/notices/notice-troubles.ts';
import { Notices } from './supervision/notices/notices.ts';
import { watchProcesses } from './supervision/notices/watch-processes.ts';
import { FrameThrottles } from './supervision/page-events/frame-throttles.ts';
import { StrainWatch } from './supervision/page-events/strain-watch.ts';
import { ReloadLoops } from './supervision/reload-loops.ts';
import { ForeignFrames } from './supervision/subframes/foreign-frames.ts';
import { watchZygote } from './supervision/zygote-watch.ts';
import { ScrollPlaces } from './tabs/scroll-places.ts';
import type { Tab } from './tabs/tab.ts';
import { onceTold } from './timing/once-told.ts';

interface IsolationOptions {
  /** Of the tabs' heartbeats. */
  deadlineMs: number;
  guard: GuardThread;
  /** The script of the thread that finds pages that strain the browser. */
  strainGuard: string;
  /** A person can see the window. */
  isWindowSeen: () => boolean;
  /** The interface shows the beats of the active tab. */
  showsBeats: () => boolean;
}

/** All that watches over processes: who hangs, who takes too much, who ended, and what that cost the others. */
export class Isolation {
  readonly services = new ServicePids();
  readonly notices = new Notices();
  /** What tabs ask the user. */
  readonly questions: TabQuestions;
  readonly missing = new MissingHelpers(this.notices);
  readonly hangs: HangWatch;
  readonly memory: MemoryWatch;
  readonly frames: ForeignFrames;
  readonly frameThrottles: FrameThrottles;
  readonly memoryLimit: MemoryLimit;
  readonly crashReports: CrashReports;
  /** The matrix is running. It caused the end of every process that ends now, but for tabs. */
  matrixRuns = false;
  readonly pictures: LastPictures;
  readonly breaker: Breaker;
  readonly #browser: Pick<Browser, 'strip'>;
  readonly #processes: ProcessWatch;
  readonly #strain: StrainWatch;
  readonly #quiet: QuietProcesses | undefined;
  /** Since when each tab has its process: wall clock, ms. */
  readonly #births = new WeakMap<Tab, { pid: number; at: number }>();

  /** `deadlineMs`: of the tabs' heartbeats. */
  constructor(
    browser: Pick<
      Browser,
      | 'strip'
      | 'plugin'
      | 'shell'
      | 'framePath'
      | 'settings'
      | 'sessionStore'
      | 'history'
      | 'runMarker'
      | 'watchdogPid'
      | 'troubles'
      | 'networkSandbox'
      | 'isDrill'
    >,
    { deadlineMs, guard, strainGuard, isWindowSeen, showsBeats }: IsolationOptions,
  ) {
    const { strip, plugin, shell, framePath, settings } = browser;
    const profile = app.getPath('userData');
    this.#browser = browser;
    this.crashReports = new CrashReports({
      folder: path.join(profile, 'crash-reports'),
      versions: runtimeVersions(),
      keeps: () => settings.chosen.keepCrashReports,
      troubles: browser.troubles,
    });
    noticeTroubles(browser.troubles, this.notices);
    if (browser.sessionStore) noticeAside(browser.sessionStore, this.notices);
    this.memoryLimit = new MemoryLimit(settings);
    this.questions = new TabQuestions(strip);
    new PageDialogs(strip, this.questions);
    new SignIn(strip, this.questions);
    this.hangs = new HangWatch(strip, deadlineMs);
    // The drill wants every beat.
    if (!browser.isDrill) {
      const ofTab = (tab: Tab): Watched => {
        const isSeen = tab === strip.active && isWindowSeen();
        const rest = (mayRest: boolean) => tab.connection?.rest(mayRest);
        return { pid: tab.pid, rest, isSeen, isCounted: isSeen && showsBeats() };
      };
      this.#quiet = new QuietProcesses({ watched: () => [...strip.tabs.map(ofTab), shell, plugin] });
      // A tab has to answer as soon as the user shows it or uses it.
      strip.on('activated', (tab) => tab.connection?.rest(false));
      strip.on('added', (tab) => tab.contents.on('input-event', () => tab.connection?.rest(false)));
    }
    this.frames = new ForeignFrames(strip, settings);
    new ReloadLoops(strip);
    this.memory = new MemoryWatch(strip, plugin, this.frames, this.memoryLimit);
    this.pictures = new LastPictures(strip);
    new ScrollPlaces(strip);
    this.breaker = new Breaker(browser, this.services, this.pictures);
    this.frameThrottles = new FrameThrottles(() => strip.tabs, this.frames);
    const pages = () => [...strip.tabs.map(({ throttle }) => throttle), ...this.frameThrottles.all()];
    const onMissing = (error: unknown) => this.missing.say('process-guard', error);
    this.#strain = new StrainWatch({ pages });
    const startAgain = watchZygote(browser, this.services);
    this.#processes = new ProcessWatch({
      services: this.services,
      shell,
      notices: this.notices,
      watchdogPid: () => browser.watchdogPid,
      guard,
      onZygoteGone: startAgain,
      onMissing,
    });
    this.#strain.start(strainGuard, onMissing);
    framePath.on('copied', (error) => this.missing.say('shared-memory', error));
    strip.on('added', (tab) => {
      tab.on('committed', () => {
        if (tab.pid !== null && tab.pid !== this.#births.get(tab)?.pid)
          this.#births.set(tab, { pid: tab.pid, at: Date.now() });
      });
      tab.on('ended', (ended) => {
        const { fault } = tab;
        onceTold(() => void this.#report(tab, ended, fault));
      });
    });
    const ends = new ServiceEnds();
    watchProcesses({ ...browser, isolation: this, ends });
    watchNetworkSandbox(browser.networkSandbox, ends, this.notices);
  }

  /** The GPU process that was ended because it hung; asked once for each. */
  takeHungGpu(): number | undefined {
    return this.#processes.takeHung();
  }

  dispose(): void {
    this.crashReports.close();
    this.memory.dispose();
    this.#quiet?.dispose();
    this.#strain.dispose();
    this.#processes.end();
  }

  /** `tab` may have come back by now. */
  async #report(tab: Tab, ended: ProcessEnd, message: string | null): Promise<void> {
    const { kind, signal, exitCode, pid } = ended;
    const memoryKiB = this.memory.usedKiB(pid);
    const birth = this.#births.get(tab);
    const livedMs = birth && birth.pid === pid ? ended.at - birth.at : null;
    this.crashReports.add({
      victim: 'tab',
      name: '',
      reason: kind,
      signal,
      exitCode,
      pid,
      memoryKiB,
      livedMs,
      message,
      ofMatrix: tab.ofDrill,
    });
    const aftermath = await watchOthers(this.#browser.strip, tab);
    if (tab.ended === ended) tab.note({ aftermath });
  }
}
