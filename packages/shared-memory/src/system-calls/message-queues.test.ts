import { expect, it } from 'vitest';
import {
  mq_close,
  mq_getattr,
  mq_open,
  mq_receive,
  mq_send,
  mq_unlink,
  mqReceiveBlocking,
  mqSendBlocking,
  O_CREAT,
  O_EXCL,
  O_NONBLOCK,
  O_RDWR,
} from './index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (from: Uint8Array) => new TextDecoder().decode(from);
const name = `/bulkhead-test-${process.pid}`;

it('delivers whole messages in the order of their priority', async () => {
  const queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0o600, { maximumMessages: 3, messageBytes: 16 });
  const other = mq_open(name, O_RDWR | O_NONBLOCK);
  mq_unlink(name);
  expect(() => mq_open(name, O_RDWR)).toThrow(expect.objectContaining({ call: 'mq_open', code: 'ENOENT' }));
  await mq_send(queue, bytes('low'), 1);
  await mq_send(queue, bytes('high'), 9);
  await mq_send(queue, bytes('low too'), 1);
  expect(mq_getattr(queue)).toEqual({ maximumMessages: 3, messageBytes: 16, held: 3 });
  await expect(mq_send(other, bytes('full'), 0)).rejects.toMatchObject({ code: 'EAGAIN' });
  await expect(mq_receive(other, 15)).rejects.toMatchObject({ code: 'EMSGSIZE' });
  const waiting = mq_send(queue, bytes('later'), 5);
  const received = [await mq_receive(other, 16)];
  await waiting;
  for (let left = 3; left > 0; left--) received.push(await mq_receive(other, 16));
  expect(received.map(({ message, priority }) => [text(message), priority])).toEqual([
    ['high', 9],
    ['later', 5],
    ['low', 1],
    ['low too', 1],
  ]);
  const block = new Uint8Array(16).fill(7);
  mqSendBlocking(queue, block);
  const room = new Uint8Array(16);
  expect(mqReceiveBlocking(other, room)).toBe(16);
  expect(room).toEqual(block);
  mq_close(queue);
  mq_close(other);
  expect(() => mq_close(999_999)).toThrow(expect.objectContaining({ code: 'EBADF' }));
});
