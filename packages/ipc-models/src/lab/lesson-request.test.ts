import { expect, test } from 'vitest';
import { lessonRequest } from './lesson-request.ts';

test('accepts a name alone', () => {
  expect(lessonRequest('rendezvous')).toEqual({ lesson: 'rendezvous', parameters: {} });
});

test('accepts parameters in the form of an address', () => {
  expect(lessonRequest('lost-update?protection=none&times=1000')).toEqual({
    lesson: 'lost-update',
    parameters: { protection: 'none', times: '1000' },
  });
});

test('keeps unknown parameters, which the declaration then refuses', () => {
  expect(lessonRequest('lost-update?&x')).toEqual({ lesson: 'lost-update', parameters: { x: '' } });
});
