import type { EventEmitter } from 'node:events';
import { pageLimits } from '@bulkhead/contracts';
import type { WebContents, WebFrameMain } from 'electron';
import { cutText } from '../../bounds/page-facts.ts';
import type { TabQuestions } from '../../dialogs/tab-questions.ts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';

/** Electron's description of a page's dialog. */
interface DialogRequest {
  dialogType: string;
  messageText: string;
  defaultPromptText?: string;
  /** The frame that asks. Null when it is gone. */
  frame: WebFrameMain | null;
}

type Answer = (accepted: boolean, text: string) => void;

/**
 * Handles a page's alert, confirm and prompt instead of Electron. Electron shows native dialogs, one after the other
 * without limit, which Playwright cannot press, and answers every prompt at once. Here the shell draws them, the user
 * may silence a page, and a page that waits for its dialog does not count as hanging.
 */
export class PageDialogs {
  readonly #questions: TabQuestions;
  /** Number of dialogs so far. A page that reloads itself keeps its count. */
  readonly #counts = new WeakMap<Tab, number>();
  readonly #silenced = new WeakSet<Tab>();
  /** Functions that withdraw the open dialogs of a tab. */
  readonly #withdrawals = new WeakMap<Tab, Set<() => void>>();

  constructor(strip: TabStrip, questions: TabQuestions) {
    this.#questions = questions;
    for (const tab of strip.tabs) this.#take(tab);
    strip.on('added', (tab) => this.#take(tab));
  }

  #take(tab: Tab): void {
    // Electron's internal events. If a later version removes them, Electron's own dialogs appear.
    const events: EventEmitter = tab.contents satisfies WebContents;
    if (events.listenerCount('-run-dialog') === 0) return;
    events.removeAllListeners('-run-dialog');
    events.on('-run-dialog', (request: DialogRequest, answer: Answer) => this.#show(tab, request, answer));
    const open = new Set<() => void>();
    this.#withdrawals.set(tab, open);
    // The page, or Electron, no longer wants an answer.
    events.on('-cancel-dialogs', () => {
      for (const withdraw of open) withdraw();
    });
    let origin = originOf(tab);
    let isLeft = false;
    tab.on('leaving', () => {
      isLeft = true;
    });
    tab.on('committed', () => {
      // A page that reloads itself keeps its count.
      if (isLeft || originOf(tab) !== origin) {
        this.#counts.delete(tab);
        this.#silenced.delete(tab);
      }
      origin = originOf(tab);
      isLeft = false;
    });
  }

  #show(tab: Tab, request: DialogRequest, answer: Answer): void {
    const { contents } = tab;
    /**
     * Answers Cancel for the user. Electron delays the commits of frames until every dialog has an answer, so each gets
     * one, unless its contents are destroyed. The answer is delayed, because an endless series of dialogs would
     * otherwise keep this process busy.
     */
    const decline = () => void setTimeout(() => !contents.isDestroyed() && answer(false, ''), declineMs);
    if (this.#silenced.has(tab)) {
      decline();
      return;
    }
    const number = (this.#counts.get(tab) ?? 0) + 1;
    this.#counts.set(tab, number);
    const open = this.#withdrawals.get(tab);
    const withdraw = () => {
      open?.delete(withdraw);
      takeBack();
      decline();
    };
    open?.add(withdraw);
    const takeBack = this.#questions.ask(
      tab,
      {
        kind: kindOf(request.dialogType),
        message: cutText(String(request.messageText), pageLimits.dialogTextLength),
        text: cutText(String(request.defaultPromptText ?? ''), pageLimits.dialogTextLength),
        ...askerOf(request.frame),
        number,
      },
      (given) => {
        open?.delete(withdraw);
        if (!given) {
          decline();
          return;
        }
        if (given.silence) this.#silenced.add(tab);
        answer(given.accepted, given.accepted ? given.text : '');
      },
    );
  }
}

/** Duration of a dialog that the user does not see, ms. It limits the load of a page that opens dialogs endlessly. */
const declineMs = 100;

const originOf = ({ committedAddress }: Tab) =>
  URL.canParse(committedAddress) ? new URL(committedAddress).origin : committedAddress;

const kindOf = (type: string) => (type === 'confirm' || type === 'prompt' ? type : 'alert');

/** Returns who asks, by the origin that Chromium gave the frame: a page cannot name itself. */
function askerOf(frame: WebFrameMain | null): { site: string; embedded: boolean } {
  if (!frame || frame.isDestroyed()) return { site: '', embedded: false };
  const { origin, top } = frame;
  const site = URL.canParse(origin) ? new URL(origin).host.slice(0, longestSite) : '';
  return { site, embedded: top !== null && top !== frame && top.origin !== origin };
}

/** Maximum length of a host name is 253 characters, and of a port 6. */
const longestSite = 512;
