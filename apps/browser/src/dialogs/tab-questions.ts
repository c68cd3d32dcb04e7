import type { DialogAnswer, PageDialog } from '@bulkhead/contracts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/** A question without its id. */
export type Question = PageDialog extends infer Each ? (Each extends PageDialog ? Omit<Each, 'id'> : never) : never;

/** Called with null when the question went away unanswered, with its page, its process or its tab. */
export type Answered = (answer: DialogAnswer | null) => void;

/** The asker: the tab's document, or its pending navigation. A question is withdrawn when its asker is gone. */
type Asker = 'document' | 'navigation';

interface Waiting {
  dialog: PageDialog;
  asker: Asker;
  answered: Answered;
}

/** Maximum number of questions of one tab. Further ones go away unanswered. */
const mostWaiting = 8;

const declined: DialogAnswer = { accepted: false, silence: false, text: '', password: '' };

/** Shows questions of tabs to the user, in the shell. Each tab shows one at a time. */
export class TabQuestions {
  readonly #waiting = new Map<Tab, Waiting[]>();
  #nextId = 1;

  constructor(strip: TabStrip) {
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
  }

  /**
   * Returns a function that withdraws the question without a call of `answered`. The question whether to leave the page
   * is always accepted, and comes first: questions of many frames must not keep the user in the page.
   */
  ask(tab: Tab, question: Question, answered: Answered, asker: Asker = 'document'): () => void {
    const list = this.#waiting.get(tab) ?? [];
    const isFirst = question.kind === 'leave';
    if (!isFirst && list.length >= mostWaiting) {
      answered(null);
      return () => undefined;
    }
    const waiting: Waiting = { dialog: { id: this.#nextId++, ...question }, answered, asker };
    this.#waiting.set(tab, isFirst ? [waiting, ...list] : [...list, waiting]);
    this.#show(tab);
    return () => this.#take(tab, waiting);
  }

  answer(tab: Tab, { id, ...answer }: DialogAnswer & { id: number }): void {
    const waiting = this.#waiting.get(tab)?.find(({ dialog }) => dialog.id === id);
    if (!waiting) return;
    this.#take(tab, waiting);
    waiting.answered(answer);
  }

  /** Answers all questions of the tab with Cancel. A page that waits for an answer can neither be left nor asked. */
  decline(tab: Tab): void {
    for (const { dialog } of this.#waiting.get(tab) ?? []) this.answer(tab, { id: dialog.id, ...declined });
  }

  #follow(tab: Tab): void {
    const withdrawAll = () => {
      const list = this.#waiting.get(tab) ?? [];
      this.#waiting.delete(tab);
      for (const { answered } of list) answered(null);
    };
    const withdraw = (asker: Asker) => {
      const list = this.#waiting.get(tab) ?? [];
      this.#keep(
        tab,
        list.filter((each) => each.asker !== asker),
      );
      for (const each of list) if (each.asker === asker) each.answered(null);
    };
    // The user leaves and will not answer: the page must continue before it can be left.
    tab.on('leaving', () => this.decline(tab));
    tab.on('arrived', () => withdraw('navigation'));
    tab.on('committed', () => withdraw('document'));
    tab.on('failed', () => withdraw('document'));
    tab.on('ended', withdrawAll);
    tab.on('closed', withdrawAll);
  }

  #take(tab: Tab, waiting: Waiting): void {
    const list = this.#waiting.get(tab);
    if (!list?.includes(waiting)) return;
    this.#keep(
      tab,
      list.filter((each) => each !== waiting),
    );
  }

  #keep(tab: Tab, others: Waiting[]): void {
    if (others.length > 0) this.#waiting.set(tab, others);
    else this.#waiting.delete(tab);
    // Called even if nothing was removed, because the state of a new document has no question.
    this.#show(tab);
  }

  #show(tab: Tab): void {
    const dialog = this.#waiting.get(tab)?.[0]?.dialog ?? null;
    if (tab.health.dialog?.id === dialog?.id) return;
    tab.note({ dialog });
    tab.emit('asks', dialog !== null);
  }
}
