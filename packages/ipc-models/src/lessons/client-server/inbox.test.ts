import { expect, it } from 'vitest';
import { Inbox } from './inbox.ts';

it('gives items that came before and after the loop started, in order, and ends when it is closed', async () => {
  const inbox = new Inbox<number>();
  inbox.put(1);
  const taken: number[] = [];
  const taking = (async () => {
    for await (const item of inbox) taken.push(item);
  })();
  await expect.poll(() => taken).toEqual([1]);
  inbox.put(2);
  inbox.put(3);
  inbox.close();
  await taking;
  expect(taken).toEqual([1, 2, 3]);
});
