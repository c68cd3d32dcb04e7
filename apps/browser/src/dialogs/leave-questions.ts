import { leaving, leavingChannel } from '@bulkhead/contracts';
import type { IpcMainEvent } from 'electron';
import * as v from 'valibot';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { deliberateMs } from './deliberate.ts';
import type { TabQuestions } from './tab-questions.ts';

/** Facts about a tab that is about to be left. */
interface Departure {
  /** Index of the document in the tab's history. */
  at: number;
  /** Restarts the browser's own pending navigation. */
  again: (() => void) | undefined;
  /** The user's answer, for the next objection. */
  decided: { leave: boolean; until: number } | undefined;
  /** Until then, attempts of the document itself are not asked about: performance.now(). */
  quietUntil: number;
  /** The user chose to stay, and has not touched the page since. */
  stayed: boolean;
}

/** Time for which an answer waits for its objection, ms. Chromium waits for a page for one second. */
const decisionMs = 5000;
/** The same when the browser cannot restart the navigation, and the user does it. */
const repetitionMs = 30_000;
/** Time after a Stay during which attempts of unknown origin are not asked about, ms. */
const quietMs = 3000;
/** Duration of an attempt that is not asked about, ms. It limits the load of a page that tries endlessly. */
const refusalMs = 100;

/**
 * Asks the user before a document is left that objects (`beforeunload`). Electron reports an objection by an event that
 * must be answered at once. So the document stays, the user is asked, and on Leave the navigation is restarted. A
 * navigation that the page itself has started is held by its preload until the user has answered, and then continues.
 */
export class LeaveQuestions {
  readonly #questions: TabQuestions;
  readonly #departures = new WeakMap<Tab, Departure>();
  /** Tabs whose closing is in question, and the time of the last attempt or of the question: performance.now(). */
  readonly #closing = new Map<Tab, number>();

  constructor(strip: TabStrip, questions: TabQuestions) {
    this.#questions = questions;
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
  }

  /**
   * Closes a tab for the user, who is asked first if the page objects. A second attempt closes it without a question.
   */
  async close(tab: Tab): Promise<void> {
    const before = this.#closing.get(tab);
    this.#closing.set(tab, performance.now());
    if (before !== undefined) {
      if (performance.now() - before >= deliberateMs) tab.close();
      return;
    }
    this.#questions.decline(tab);
    const objects = (await tab.connection?.objectsToClosing()) ?? false;
    if (!objects || !tab.showsPage) {
      this.#closing.delete(tab);
      tab.close();
      return;
    }
    this.#closing.set(tab, performance.now());
    this.#questions.ask(tab, { kind: 'leave' }, (answer) => {
      this.#closing.delete(tab);
      if (answer?.accepted) tab.close();
    });
  }

  #follow(tab: Tab): void {
    const departure: Departure = { at: 0, again: undefined, decided: undefined, quietUntil: 0, stayed: false };
    this.#departures.set(tab, departure);
    const { contents } = tab;
    tab.on('leaving', (again) => {
      departure.again = again;
    });
    const settle = () => {
      departure.at = contents.navigationHistory.getActiveIndex();
    };
    const forget = () => {
      Object.assign(departure, { again: undefined, decided: undefined, quietUntil: 0, stayed: false });
      settle();
    };
    tab.on('committed', forget);
    contents.on('did-navigate-in-page', settle);
    tab.on('failed', forget);
    tab.on('ended', forget);
    contents.on('did-stop-loading', () => {
      departure.again = undefined;
    });
    contents.on('will-prevent-unload', (event) => {
      if (this.#objects(tab, departure) === 'leave') event.preventDefault();
    });
    contents.ipc.on(leavingChannel, (event, question: unknown) => this.#hold(tab, departure, event, question));
  }

  /** Handles an objection: decides at once whether the document is left. */
  #objects(tab: Tab, departure: Departure): 'leave' | 'stay' {
    const { decided } = departure;
    departure.decided = undefined;
    if (decided && performance.now() < decided.until) return decided.leave ? 'leave' : 'stay';
    const goes = departure.again ?? goToPendingEntry(tab, departure);
    const isQuiet = !goes && !tab.gestures.active && performance.now() < departure.quietUntil;
    if (tab.health.dialog?.kind === 'leave' || isQuiet) return 'stay';
    const again = goes ?? closeIfWanted(tab);
    // Deferred: Electron is still cancelling the navigation within this event.
    setImmediate(() => {
      this.#questions.ask(tab, { kind: 'leave' }, (answer) => {
        if (!answer?.accepted) {
          departure.quietUntil = performance.now() + quietMs;
          // The user's gesture was meant for this attempt. The next one needs its own.
          tab.gestures.consume();
          return;
        }
        departure.decided = { leave: true, until: performance.now() + (again ? decisionMs : repetitionMs) };
        again?.();
      });
    });
    return 'stay';
  }

  /** Holds a navigation by the page itself until the answer. */
  #hold(tab: Tab, departure: Departure, event: IpcMainEvent, message: unknown): void {
    const question = v.safeParse(leaving, message);
    const decide = (leave: boolean) => {
      departure.decided = { leave, until: performance.now() + decisionMs };
      event.returnValue = null;
    };
    if (!question.success || event.senderFrame !== tab.contents.mainFrame || tab.health.dialog !== null) {
      setTimeout(decide, refusalMs, false);
      return;
    }
    if (departure.stayed && !question.output.byGesture) {
      setTimeout(decide, refusalMs, false);
      return;
    }
    this.#questions.ask(tab, { kind: 'leave' }, (answer) => {
      departure.stayed = !answer?.accepted;
      // If the document is gone, no navigation waits any more.
      if (answer) decide(answer.accepted);
    });
  }
}

/** Returns a function that goes to the pending history entry, or undefined when there is none. */
function goToPendingEntry({ contents }: Tab, { at }: Departure): (() => void) | undefined {
  // While an entry is pending, Electron returns its index.
  const index = contents.navigationHistory.getActiveIndex();
  return index === at ? undefined : () => contents.navigationHistory.goToIndex(index);
}

/**
 * Returns a function that closes the page, as its script has requested, and runs its last handlers. The page objects
 * again, and by then the user's answer is known. Undefined while the page loads another one, because then it is not
 * closed.
 */
function closeIfWanted(tab: Tab): (() => void) | undefined {
  return tab.contents.isWaitingForResponse() ? undefined : () => tab.leavePage();
}
