import type { EventEmitter } from 'node:events';
import { pageLimits } from '@bulkhead/contracts';
import type { WebContents, WebFrameMain } from 'electron';
import type { TabQuestions } from '../dialogs/tab-questions.ts';
import { cutText } from '../page-facts.ts';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';

/** What the runtime tells of a page's dialog. */
interface DialogRequest {
  dialogType: string;
  messageText: string;
  defaultPromptText?: string;
  /** The frame that asks; null when it has gone. */
  frame: WebFrameMain | null;
}

type Answer = (accepted: boolean, text: string) => void;

/**
 * Takes a page's alert, confirm and prompt away from the runtime. The runtime's own are windows of the system, one on
 * top of the other without end, which no driver can press, and it answers every prompt at once. Here the shell draws
 * them, the user may silence a page, and a page that waits for its dialog is known not to hang.
 */
export class PageDialogs {
  readonly #questions: TabQuestions;
  readonly #counts = new WeakMap<Tab, number>();
  readonly #silenced = new WeakSet<Tab>();
  /** Withdraws the open dialogs of a tab. */
  readonly #withdraw = new WeakMap<Tab, () => void>();

  constructor(strip: TabStrip, questions: TabQuestions) {
    this.#questions = questions;
    for (const tab of strip.tabs) this.#take(tab);
    strip.on('added', (tab) => this.#take(tab));
  }

  #take(tab: Tab): void {
    // The runtime's own names for it: where there are none any more, its own dialogs appear as before.
    const events: EventEmitter = tab.contents satisfies WebContents;
    if (events.listenerCount('-run-dialog') === 0) return;
    events.removeAllListeners('-run-dialog');
    events.on('-run-dialog', (request: DialogRequest, answer: Answer) => this.#show(tab, request, answer));
    // The page, or the runtime, does not want an answer any more.
    events.on('-cancel-dialogs', () => this.#withdraw.get(tab)?.());
    tab.on('committed', () => {
      this.#counts.delete(tab);
      this.#silenced.delete(tab);
    });
  }

  #show(tab: Tab, request: DialogRequest, answer: Answer): void {
    if (this.#silenced.has(tab)) {
      // Later than the event: answering inside it would let an endless row of dialogs keep this process busy.
      setTimeout(answer, silencedMs, false, '');
      return;
    }
    const number = (this.#counts.get(tab) ?? 0) + 1;
    this.#counts.set(tab, number);
    const withdraw = this.#questions.ask(
      tab,
      {
        kind: kindOf(request.dialogType),
        message: cutText(String(request.messageText), pageLimits.dialogTextLength),
        text: cutText(String(request.defaultPromptText ?? ''), pageLimits.dialogTextLength),
        ...askerOf(request.frame),
        number,
      },
      (given) => {
        // Its process has gone, or the runtime answers for a page that leaves.
        if (!given) return;
        if (given.silence) this.#silenced.add(tab);
        answer(given.accepted, given.accepted ? given.text : '');
      },
    );
    this.#withdraw.set(tab, withdraw);
  }
}

/** How long a silenced dialog takes, ms: a page that asks without end gets no whole core for it. */
const silencedMs = 100;

const kindOf = (type: string) => (type === 'confirm' || type === 'prompt' ? type : 'alert');

/** Who asks, by the origin that Chromium gave the frame: a page cannot name itself. */
function askerOf(frame: WebFrameMain | null): { site: string; embedded: boolean } {
  if (!frame || frame.isDestroyed()) return { site: '', embedded: false };
  const { origin, top } = frame;
  const site = URL.canParse(origin) ? new URL(origin).host.slice(0, longestSite) : '';
  return { site, embedded: top !== null && top !== frame && top.origin !== origin };
}

/** A name of the network has 253 characters at most, and a port 6. */
const longestSite = 512;
