import { findLesson, lessons } from '@bulkhead/ipc-models/lessons';
import { expect, test } from 'vitest';
import { type PaceName, paces, readAddress, writeAddress } from './lesson-address.ts';

const read = (address: string) => readAddress(new URL(address));

test('an address names a lesson and its parameters', () => {
  expect(read('bulkhead://ipc-lab/')).toBeUndefined();
  expect(read('bulkhead://ipc-lab/no-such-lesson')).toBeNull();
  const asked = read('bulkhead://ipc-lab/bounded-buffer?n=12&items=5');
  expect(asked).toMatchObject({ lesson: { id: 'bounded-buffer' }, refused: false, parameters: { n: 12, items: 5 } });
});

test.each(['n=1', 'n=1e9', 'n=ten', 'n=', 'unknown=1', '__proto__=1', 'n=4&pace=fast', 'pace=toString'])(
  '%s is refused, and the lesson takes its defaults',
  (query) => {
    const asked = read(`bulkhead://ipc-lab/bounded-buffer?${query}`);
    expect(asked?.refused).toBe(true);
    expect(asked).toMatchObject({ parameters: { n: 10 }, pace: 'run' });
  },
);

test('the bounded buffer with two producers is a lesson of its own', () => {
  const asked = read('bulkhead://ipc-lab/bounded-buffer?n=12&producers=2');
  expect(asked).toMatchObject({ lesson: { id: 'two-producers' }, refused: false, parameters: { n: 12 } });
  expect(read('bulkhead://ipc-lab/bounded-buffer?n=12&producers=1')).toMatchObject({
    lesson: { id: 'bounded-buffer' },
    refused: false,
    parameters: { n: 12 },
  });
  for (const none of ['producers=3', 'producers=', 'producers=constructor']) {
    expect(read(`bulkhead://ipc-lab/bounded-buffer?${none}`)).toMatchObject({ refused: true });
  }
});

test('a written address reads back the same, and leaves out defaults', () => {
  const lesson = findLesson('bounded-buffer')!;
  const parameters = { n: 4, items: 20, producerMs: 10, consumerMs: 40 };
  const address = writeAddress(lesson, parameters);
  expect(address).toBe('bulkhead://ipc-lab/bounded-buffer?n=4');
  expect(read(address)?.parameters).toEqual(parameters);
});

test.each(Object.keys(paces) as PaceName[])('shares the pace %s', (pace) => {
  const lesson = findLesson('rendezvous')!;
  const address = writeAddress(lesson, { rounds: 2 }, pace);
  expect(address).toBe(`bulkhead://ipc-lab/rendezvous?rounds=2${pace === 'run' ? '' : `&pace=${pace}`}`);
  expect(read(address)).toMatchObject({ pace, parameters: { rounds: 2 }, refused: false });
});

test('no lesson has a parameter named like the pace in an address', () => {
  expect(lessons.filter(({ parameters }) => Object.hasOwn(parameters, 'pace'))).toEqual([]);
});
