import { findLesson } from '@bulkhead/ipc-models/lessons';
import { expect, test } from 'vitest';
import { readAddress, writeAddress } from './lesson-address.ts';

const read = (address: string) => readAddress(new URL(address));

test('an address names a lesson and what is set in it', () => {
  expect(read('bulkhead://ipc-lab/')).toBeUndefined();
  expect(read('bulkhead://ipc-lab/no-such-lesson')).toBeNull();
  const asked = read('bulkhead://ipc-lab/bounded-buffer?n=12&items=5');
  expect(asked).toMatchObject({ lesson: { id: 'bounded-buffer' }, refused: false, parameters: { n: 12, items: 5 } });
});

test.each(['n=1', 'n=1e9', 'n=ten', 'n=', 'unknown=1', '__proto__=1'])(
  '%s is refused, and the lesson takes its own',
  (query) => {
    const asked = read(`bulkhead://ipc-lab/bounded-buffer?${query}`);
    expect(asked?.refused).toBe(true);
    expect(asked?.parameters.n).toBe(10);
  },
);

test('what is written is read again, without what needs no saying', () => {
  const lesson = findLesson('bounded-buffer')!;
  const parameters = { n: 4, items: 20, producerMs: 10, consumerMs: 40 };
  const address = writeAddress(lesson, parameters);
  expect(address).toBe('bulkhead://ipc-lab/bounded-buffer?n=4');
  expect(read(address)?.parameters).toEqual(parameters);
});
