import { expect, test } from 'vitest';
import { DownloadPermission } from './download-permission.ts';

test('a page downloads one file by itself, and the user is asked before it downloads more', () => {
  const permission = new DownloadPermission();
  expect([permission.take(), permission.take(), permission.take()]).toEqual(['start', 'ask', 'ask']);
});

test('each user action allows one file', () => {
  const permission = new DownloadPermission();
  expect(permission.take()).toBe('start');
  permission.userActed(0);
  permission.userActed(0);
  expect([permission.take(), permission.take()]).toEqual(['start', 'ask']);
  permission.userActed(1);
  expect(permission.take()).toBe('ask');
  // The waiting downloads were cancelled.
  permission.userActed(0);
  expect(permission.take()).toBe('start');
});

test('an answer applies until the tab shows another site', () => {
  for (const [allow, verdict] of [
    [true, 'start'],
    [false, 'refuse'],
  ] as const) {
    const permission = new DownloadPermission();
    permission.take();
    permission.take();
    permission.answer(allow);
    permission.userActed(0);
    expect([permission.take(), permission.take()]).toEqual([verdict, verdict]);
    permission.reset();
    expect([permission.take(), permission.take()]).toEqual(['start', 'ask']);
  }
});
