import type { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';

/** What the runtime tells of a page's dialog. `prompt` never comes: the runtime refuses it in the page. */
interface DialogRequest {
  dialogType: string;
  messageText: string;
}

type Answer = (accepted: boolean, text: string) => void;

interface OpenDialog {
  id: number;
  answer: Answer;
}

/**
 * Takes a page's alert and confirm away from the runtime, whose own are windows of the system, one on top of the other
 * without end, that no driver can press. Here the shell draws them, a person may silence a page, and a page that waits
 * for its dialog is known not to hang.
 */
export class PageDialogs {
  readonly #open = new Map<Tab, OpenDialog>();
  readonly #counts = new WeakMap<Tab, number>();
  readonly #silenced = new WeakSet<Tab>();
  #nextId = 1;

  constructor(strip: TabStrip) {
    for (const tab of strip.tabs) this.#take(tab);
    strip.on('added', (tab) => this.#take(tab));
  }

  answer(tab: Tab, { id, accepted, silence }: { id: number; accepted: boolean; silence: boolean }): void {
    const dialog = this.#open.get(tab);
    if (dialog?.id !== id) return;
    if (silence) this.#silenced.add(tab);
    this.#open.delete(tab);
    tab.note({ dialog: null });
    dialog.answer(accepted, '');
  }

  #take(tab: Tab): void {
    // The runtime's own names for it: where there are none any more, its own dialogs appear as before.
    const events: EventEmitter = tab.contents satisfies WebContents;
    if (events.listenerCount('-run-dialog') === 0) return;
    events.removeAllListeners('-run-dialog');
    events.on('-run-dialog', (request: DialogRequest, answer: Answer) => this.#show(tab, request, answer));
    events.on('-cancel-dialogs', () => this.#drop(tab));
    tab.on('committed', () => {
      this.#drop(tab);
      this.#counts.delete(tab);
      this.#silenced.delete(tab);
    });
    // Its process has gone, and nobody waits for an answer.
    tab.on('ended', () => this.#open.delete(tab));
    tab.on('closed', () => this.#open.delete(tab));
  }

  #show(tab: Tab, { dialogType, messageText }: DialogRequest, answer: Answer): void {
    if (this.#silenced.has(tab)) {
      // Later than the event: answering inside it would let an endless row of dialogs keep this process busy.
      setTimeout(answer, silencedMs, false, '');
      return;
    }
    const number = (this.#counts.get(tab) ?? 0) + 1;
    this.#counts.set(tab, number);
    const id = this.#nextId++;
    this.#open.set(tab, { id, answer });
    const kind = dialogType === 'confirm' ? 'confirm' : 'alert';
    tab.note({ dialog: { id, kind, message: String(messageText).slice(0, 4096), number } });
  }

  /** The page, or the runtime, does not want an answer any more. */
  #drop(tab: Tab): void {
    if (this.#open.delete(tab)) tab.note({ dialog: null });
  }
}

/** How long a silenced dialog takes, ms: a page that asks for ever gets no whole core for it. */
const silencedMs = 100;
