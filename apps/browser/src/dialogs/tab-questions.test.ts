import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';
import { type Question, TabQuestions } from './tab-questions.ts';

/** What of a tab the questions use: its events, and what it shows. */
class AskingTab extends EventEmitter {
  health: { dialog: { id: number; kind: string } | null } = { dialog: null };
  constructor() {
    super();
    this.setMaxListeners(0);
  }
  note(findings: AskingTab['health']): void {
    this.health = findings;
  }
  guard(run: () => void): void {
    run();
  }
}

const alert: Question = { kind: 'alert', message: '', text: '', site: '', embedded: true, number: 1 };
const declined = expect.objectContaining({ accepted: false });

function askingTab() {
  const asking = new AskingTab();
  const tab = asking as unknown as Tab;
  const strip = Object.assign(new EventEmitter(), { tabs: [tab] }) as unknown as TabStrip;
  return { asking, tab, questions: new TabQuestions(strip) };
}

/** Asks more than the browser takes; the answers, in order. */
function flood({ questions, tab }: ReturnType<typeof askingTab>) {
  const answers = Array.from({ length: 20 }, () => vi.fn());
  const withdraw = answers.map((answered) => questions.ask(tab, alert, answered));
  return { answers, withdraw };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a question above the bound is declined, so that its frame goes on', () => {
  const { answers } = flood(askingTab());
  vi.runAllTimers();
  for (const answered of answers.slice(0, 8)) expect(answered).not.toHaveBeenCalled();
  for (const answered of answers.slice(8)) expect(answered).toHaveBeenCalledExactlyOnceWith(declined);
});

test('the user is asked whether to leave before whatever the page asks, however much that is', () => {
  const page = askingTab();
  flood(page);
  const left = vi.fn();
  page.questions.ask(page.tab, { kind: 'leave' }, left);
  const { dialog } = page.asking.health;
  expect(dialog?.kind).toBe('leave');
  page.questions.answer(page.tab, { id: dialog?.id ?? 0, accepted: true, silence: false, text: '', password: '' });
  expect(left).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ accepted: true }));
  expect(page.asking.health.dialog?.kind).toBe('alert');
});

test('after its tab has closed, or when it was withdrawn, nothing is accepted or declined', () => {
  const page = askingTab();
  const { answers, withdraw } = flood(page);
  withdraw[19]?.();
  page.asking.emit('closed');
  vi.runAllTimers();
  for (const answered of answers.slice(0, 19)) expect(answered).toHaveBeenCalledExactlyOnceWith(null);
  expect(answers[19]).not.toHaveBeenCalled();
  expect(page.asking.listenerCount('closed')).toBe(1);
});
