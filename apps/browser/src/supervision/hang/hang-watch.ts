import { readStat } from '../../processes/proc.ts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import { callStackOf } from './call-stack.ts';
import { type HangVerdict, hangVerdict, silenceMs } from './hang-verdict.ts';

/** Time between looks at silent tabs, ms. */
const lookMs = 250;
/** Time before a document without a heartbeat is asked, and between questions, ms. */
const askMs = 1000;
/** Time without a notice after the user chose to wait, ms. */
const waitMs = 10_000;

/**
 * Detects hanging tabs, active or not, by the heartbeat of their ports. A tab that is silent for a visible reason does
 * not hang: its dialog is open, or the developer tools hold it.
 */
export class HangWatch {
  readonly #strip: TabStrip;
  readonly #deadlineMs: number;
  /** Tabs that do not answer, and since when: wall clock, ms. */
  readonly #silent = new Map<Tab, number>();
  /** Time until which a tab is not reported: wall clock, ms. */
  readonly #excused = new WeakMap<Tab, number>();
  /** Tabs whose documents have not answered over their ports yet, and the timer of the next question. */
  readonly #awaited = new Map<Tab, NodeJS.Timeout>();
  #timer: NodeJS.Timeout | undefined;

  /** `deadlineMs`: silence after which the heartbeat reports a tab as unresponsive. */
  constructor(strip: TabStrip, deadlineMs: number) {
    this.#strip = strip;
    this.#deadlineMs = deadlineMs;
    for (const tab of strip.tabs) this.#watch(tab);
    strip.on('added', (tab) => this.#watch(tab));
  }

  /** The user gives the tabs of this process more time. */
  wait(tab: Tab): void {
    for (const each of this.#sharers(tab)) {
      this.#excused.set(each, Date.now() + waitMs);
      each.note({ hang: null });
    }
  }

  /** Ends the process, and with it every tab in it. */
  end(tab: Tab): void {
    for (const each of this.#sharers(tab)) each.kill('unresponsive');
  }

  #watch(tab: Tab): void {
    tab.on('awaited', () => {
      this.#heard(tab);
      this.#askLater(tab);
    });
    tab.on('answered', () => {
      this.#stopAsking(tab);
      this.#heard(tab);
    });
    tab.on('responsiveness', () => {
      if (tab.connection?.responsive) this.#heard(tab);
      else this.#fellSilent(tab, this.#deadlineMs);
    });
    const forget = () => {
      this.#stopAsking(tab);
      this.#silent.delete(tab);
    };
    tab.on('failed', forget);
    tab.on('ended', forget);
    tab.on('closed', forget);
  }

  #askLater(tab: Tab): void {
    this.#stopAsking(tab);
    const timer = setTimeout(() => void this.#ask(tab, timer), askMs);
    this.#awaited.set(tab, timer);
  }

  #stopAsking(tab: Tab): void {
    clearTimeout(this.#awaited.get(tab));
    this.#awaited.delete(tab);
  }

  /**
   * Asks a document that has not answered over its port, because the heartbeat starts only then. A document that hangs
   * in its first script is found by a script that does nothing: a page that only waits for its server runs it.
   */
  async #ask(tab: Tab, timer: NodeJS.Timeout): Promise<void> {
    const { contents } = tab;
    if (tab.pid === null || contents.isDestroyed()) return;
    this.#fellSilent(tab, askMs);
    try {
      await contents.mainFrame.executeJavaScript('0');
    } catch {
      // The document is gone, or runs no scripts: it does not hang.
    }
    if (this.#awaited.get(tab) !== timer || contents.isDestroyed()) return;
    this.#heard(tab);
    // A page of Chromium's own that has loaded never opens a port.
    if (tab.connection || contents.isLoadingMainFrame()) this.#askLater(tab);
    else this.#stopAsking(tab);
  }

  /** `forMs`: the time that it has already been silent. */
  #fellSilent(tab: Tab, forMs: number): void {
    this.#silent.set(tab, Date.now() - forMs);
    void this.#look();
    this.#timer ??= setInterval(() => void this.#look(), lookMs);
  }

  #heard(tab: Tab): void {
    this.#silent.delete(tab);
    if (tab.health.hang || tab.health.debugged) tab.note({ hang: null, debugged: false });
  }

  async #look(): Promise<void> {
    if (this.#silent.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    await Promise.all([...this.#silent].map(([tab, since]) => this.#judge(tab, since)));
  }

  async #judge(tab: Tab, since: number): Promise<void> {
    const { pid } = tab;
    if (pid === null || tab.contents.isDestroyed()) return;
    const verdict = this.#verdict(tab, since);
    if (verdict === 'held-up') {
      // After the user's answer, or when the page runs at full speed again, it gets the usual time to answer.
      this.#excused.set(tab, Date.now() + silenceMs);
      if (tab.health.hang) tab.note({ hang: null });
      return;
    }
    const debugged = verdict === 'debugged';
    if (debugged !== tab.health.debugged) tab.note({ debugged });
    if (verdict !== 'hangs') return;
    const state = (await readStat(pid))?.state;
    // Meanwhile the page may have answered, or the user may have chosen to wait.
    if (!this.#silent.has(tab) || tab.pid !== pid || this.#verdict(tab, since) !== 'hangs') return;
    const stopped = state === 'T' || state === 't';
    const { hang } = tab.health;
    if (hang && hang.stopped === stopped) return;
    const tabs = this.#sharers(tab).map(({ id }) => id);
    tab.note({ hang: { since, stopped, stack: hang?.stack ?? null, tabs } });
    if (!stopped) void this.#explain(tab);
  }

  #verdict(tab: Tab, since: number): HangVerdict {
    const isHeldUp = this.#sharers(tab).some(
      ({ health, isSlowed }) => health.dialog !== null || health.printing || isSlowed,
    );
    const excusedUntil = this.#excused.get(tab) ?? 0;
    return hangVerdict({ since, excusedUntil, isHeldUp, isDebugged: tab.isDebugged }, Date.now());
  }

  async #explain(tab: Tab): Promise<void> {
    const stack = await callStackOf(tab.contents);
    const { hang } = tab.health;
    if (stack !== null && hang) tab.note({ hang: { ...hang, stack } });
  }

  #sharers(tab: Tab): Tab[] {
    return tab.pid === null ? [tab] : this.#strip.tabs.filter(({ pid }) => pid === tab.pid);
  }
}
