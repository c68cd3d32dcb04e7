import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { type Question, TabQuestions } from './tab-questions.ts';

/** The part of a tab that the questions use: its events, and its shown dialog. */
class AskingTab extends EventEmitter {
  health: { dialog: { id: number; kind: string } | null } = { dialog: null };
  constructor() {
    super();
    this.setMaxListeners(0);
  }
  note(findings: AskingTab['health']): void {
    this.health = findings;
  }
}

const alert: Question = { kind: 'alert', message: '', text: '', site: '', embedded: true, number: 1 };

function askingTab() {
  const asking = new AskingTab();
  const tab = asking as unknown as Tab;
  const strip = Object.assign(new EventEmitter(), { tabs: [tab] }) as unknown as TabStrip;
  return { asking, tab, questions: new TabQuestions(strip) };
}

/** Asks more than the limit. Returns the answers, in order. */
function flood({ questions, tab }: ReturnType<typeof askingTab>) {
  const answers = Array.from({ length: 20 }, () => vi.fn());
  const withdraw = answers.map((answered) => questions.ask(tab, alert, answered));
  return { answers, withdraw };
}

test('a question above the limit goes away, and the others wait', () => {
  const { answers } = flood(askingTab());
  for (const answered of answers.slice(0, 8)) expect(answered).not.toHaveBeenCalled();
  for (const answered of answers.slice(8)) expect(answered).toHaveBeenCalledExactlyOnceWith(null);
});

test('the user is asked whether to leave before any question of the page, however many there are', () => {
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

test('a question goes away with its document, or with the navigation that asks it', () => {
  const { asking, tab, questions } = askingTab();
  const [ofDocument, ofNavigation] = [vi.fn(), vi.fn()];
  questions.ask(tab, alert, ofDocument);
  questions.ask(tab, { ...alert, message: 'navigation' }, ofNavigation, 'navigation');
  // A document that commits late: its state has no question.
  asking.health = { dialog: null };
  asking.emit('committed');
  expect(ofDocument).toHaveBeenCalledExactlyOnceWith(null);
  expect(ofNavigation).not.toHaveBeenCalled();
  expect(asking.health.dialog).toMatchObject({ message: 'navigation' });
  asking.emit('arrived');
  expect(ofNavigation).toHaveBeenCalledExactlyOnceWith(null);
  expect(asking.health.dialog).toBeNull();
});

test('a withdrawn question gets no answer, and the others are told that their tab has closed', () => {
  const page = askingTab();
  const { answers, withdraw } = flood(page);
  withdraw[0]?.();
  page.asking.emit('closed');
  expect(answers[0]).not.toHaveBeenCalled();
  for (const answered of answers.slice(1)) expect(answered).toHaveBeenCalledExactlyOnceWith(null);
});
