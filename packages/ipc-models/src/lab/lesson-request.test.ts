import { expect, test } from 'vitest';
import { lessonRequest } from './lesson-request.ts';

test('takes a name alone', () => {
  expect(lessonRequest('rendezvous')).toEqual({ lesson: 'rendezvous', parameters: {} });
});

test('takes parameters as an address has them', () => {
  expect(lessonRequest('lost-update?protection=none&times=1000')).toEqual({
    lesson: 'lost-update',
    parameters: { protection: 'none', times: '1000' },
  });
});

test('leaves alone what is no parameter, for the declaration to refuse', () => {
  expect(lessonRequest('lost-update?&x')).toEqual({ lesson: 'lost-update', parameters: { x: '' } });
});
