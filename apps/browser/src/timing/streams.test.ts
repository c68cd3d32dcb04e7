import { EventEmitter } from 'node:events';
import type { StreamContext } from '@bulkhead/rpc/contract';
import { expect, test } from 'vitest';
import { followState, sampleEvery } from './streams.ts';

function reader() {
  const read: number[] = [];
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  const context = { sink: { latest: (item: number) => read.push(item), closed } } as unknown as StreamContext<number>;
  return { read, close, context };
}

test('a reader gets the state at once, and each change until it goes', async () => {
  const emitter = new EventEmitter<{ changed: [] }>();
  let state = 1;
  const { read, close, context } = reader();
  const ended = followState(emitter, () => state)(context);
  await expect.poll(() => read).toEqual([1]);
  state = 2;
  emitter.emit('changed');
  await expect.poll(() => read).toEqual([1, 2]);
  close();
  await ended;
  expect(emitter.listenerCount('changed')).toBe(0);
});

test('a state that cannot be read ends the stream, and leaves no listener', async () => {
  const emitter = new EventEmitter<{ changed: [] }>();
  let isGone = false;
  const read = async () => {
    if (isGone) throw new Error('the disk is gone');
    return 1;
  };
  const seen = reader();
  const ended = followState(emitter, read)(seen.context);
  await expect.poll(() => seen.read).toEqual([1]);
  isGone = true;
  emitter.emit('changed');
  await expect(ended).rejects.toThrow('the disk is gone');
  expect(emitter.listenerCount('changed')).toBe(0);
});

test('samples come until the reader goes', async () => {
  const controller = new AbortController();
  let count = 0;
  const samples: number[] = [];
  for await (const sample of sampleEvery(1, async () => ++count)(controller)) {
    samples.push(sample);
    if (sample === 3) controller.abort();
  }
  expect(samples).toEqual([1, 2, 3]);
});
