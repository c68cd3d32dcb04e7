import { leaving, leavingChannel } from '@bulkhead/contracts';
import type { IpcMainEvent } from 'electron';
import * as v from 'valibot';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { deliberateMs } from './deliberate.ts';
import type { TabQuestions } from './tab-questions.ts';

/** What is known of a tab that is about to be left. */
interface Departure {
  /** Index of the document in the tab's history. */
  at: number;
  /** Begins the navigation of the browser's own that is under way again. */
  again: (() => void) | undefined;
  /** What the user has answered: it holds for the next objection. */
  decided: { leave: boolean; until: number } | undefined;
  /** Until when the document's own attempts stay without a question: performance.now(). */
  quietUntil: number;
  /** The user wanted to stay, and has not touched the page since. */
  stayed: boolean;
}

/** How long an answer waits for the objection that it is for, ms. Chromium waits for a page for one second. */
const decisionMs = 5000;
/** The same where the browser cannot begin the navigation again: the user does. */
const repetitionMs = 30_000;
/** After the user has stayed, attempts that nobody is known to have begun are not asked about for so long, ms. */
const quietMs = 3000;
/** How long an attempt that is not asked about takes, ms: a page that tries without end gets no whole core for it. */
const refusalMs = 100;

/**
 * Asks the user before a document is left that objects (`beforeunload`). The runtime tells of an objection by an event
 * that has to be answered at once: the document stays then, the user is asked, and on Leave the same begins again. A
 * navigation that the page itself has begun is held by its preload until the user has answered, and then goes on.
 */
export class LeaveQuestions {
  readonly #questions: TabQuestions;
  readonly #departures = new WeakMap<Tab, Departure>();
  /** Tabs whose closing the user is asked about, and when that was last wanted, or the question came: performance.now(). */
  readonly #closing = new Map<Tab, number>();

  constructor(strip: TabStrip, questions: TabQuestions) {
    this.#questions = questions;
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
  }

  /** Closes a tab for the user, who is asked first where the page objects. Who insists is not asked any more. */
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

  /** The document objects, and what happens now has to be said at once. */
  #objects(tab: Tab, departure: Departure): 'leave' | 'stay' {
    const { decided } = departure;
    departure.decided = undefined;
    if (decided && performance.now() < decided.until) return decided.leave ? 'leave' : 'stay';
    const goes = departure.again ?? goToPendingEntry(tab, departure);
    const isQuiet = !goes && !tab.gestures.active && performance.now() < departure.quietUntil;
    if (tab.health.dialog?.kind === 'leave' || isQuiet) return 'stay';
    const again = goes ?? closeIfWanted(tab);
    // Later than the event: the runtime is on its way out of the navigation that did not come to be.
    setImmediate(() => {
      this.#questions.ask(tab, { kind: 'leave' }, (answer) => {
        if (!answer?.accepted) {
          departure.quietUntil = performance.now() + quietMs;
          // The gesture of the user was for this attempt. The next one needs its own.
          tab.gestures.consume();
          return;
        }
        departure.decided = { leave: true, until: performance.now() + (again ? decisionMs : repetitionMs) };
        again?.();
      });
    });
    return 'stay';
  }

  /** A navigation of the page's own waits for the answer. */
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
      // Nobody waits any more where the document has gone.
      if (answer) decide(answer.accepted);
    });
  }
}

/** Goes to the entry of the history that the page is on its way to; undefined when it is on its way to none. */
function goToPendingEntry({ contents }: Tab, { at }: Departure): (() => void) | undefined {
  // The runtime gives the pending entry's index while there is one.
  const index = contents.navigationHistory.getActiveIndex();
  return index === at ? undefined : () => contents.navigationHistory.goToIndex(index);
}

/**
 * Closes the page, as its script has asked, and has it run its last handlers. The page objects once more; the user's
 * answer is known by then. Undefined while the page loads another one: then it is not closed.
 */
function closeIfWanted(tab: Tab): (() => void) | undefined {
  return tab.contents.isWaitingForResponse() ? undefined : () => tab.leavePage();
}
