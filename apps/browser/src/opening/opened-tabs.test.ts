import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { OpenedTabs } from './opened-tabs.ts';

test('a page and the tabs it opened share a limit of open tabs, until the user closes one', () => {
  const opened = new OpenedTabs<EventEmitter>(3);
  const page = new EventEmitter();
  const [child, grandchild, other] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  opened.add(page, child);
  opened.add(child, grandchild);
  expect(opened.isFull(page)).toBe(false);
  opened.add(page, other);
  for (const tab of [page, child, grandchild, other]) expect(opened.isFull(tab)).toBe(true);
  grandchild.emit('closed');
  for (const tab of [page, child, other]) expect(opened.isFull(tab)).toBe(false);
});

test('unrelated pages are counted separately', () => {
  const opened = new OpenedTabs<EventEmitter>(1);
  const [page, stranger] = [new EventEmitter(), new EventEmitter()];
  opened.add(page, new EventEmitter());
  expect(opened.isFull(page)).toBe(true);
  expect(opened.isFull(stranger)).toBe(false);
});
