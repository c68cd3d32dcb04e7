import { findLesson } from '@bulkhead/ipc-models/lessons';
import { createWords } from '@bulkhead/ui/strings';
import { expect, test } from 'vitest';
import { namedValue } from './named-value.ts';

const named = (id: string, place: string, text: string) => {
  const lesson = findLesson(id)!;
  return namedValue(lesson, place, text, createWords('ko', lesson.words));
};

test('a choice is named as in the controls', () => {
  expect(named('file-mmap', 'sharing', 'private')).toBe('전용 (MAP_PRIVATE)');
  expect(named('file-mmap', 'other', 'private')).toBe('private');
});

test('each process in a list is named by its role and number', () => {
  expect(named('killed-midway', 'survivor', 'consumer 2')).toBe('소비자 2');
  expect(named('mailboxes', 'order', 'receiver 2, receiver 1')).toBe('수신자 2, 수신자 1');
});

test('other texts stay as they are', () => {
  for (const text of ['', 'nobody', 'receiver 1, stranger', 'the receiver', '__proto__']) {
    expect(named('mailboxes', 'order', text)).toBe(text);
  }
});
