import { newName } from '@bulkhead/shared-memory/posix';
import { mq_unlink } from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { toldNumber } from '../told.ts';
import type { messageQueue } from './lesson.ts';

const texts = v.array(v.string());

export const direct: Director<typeof messageQueue> = async (stage) => {
  const { capacity } = stage.parameters;
  const name = newName();
  let named = true;
  const unlink = () => {
    if (!named) return;
    named = false;
    mq_unlink(name);
  };
  const [sender, receiver] = await Promise.all([stage.start('sender'), stage.start('receiver')]);
  const draw = (held: number) =>
    stage.figure('queue', {
      kind: 'mailboxes',
      mailboxes: [
        {
          name,
          owner: sender.name,
          capacity,
          held: Array.from({ length: held }, () => ''),
          waitingSenders: held === capacity ? [sender.name] : [],
          waitingReceivers: [],
        },
      ],
    });
  stage.onEnd(() => {
    try {
      unlink();
    } catch {
      // It was never made.
    }
  });
  sender.tell('name', name);
  const sending = sender.run();
  sending.catch(() => undefined); // awaited below; a process may end before that
  await sender.told('open');
  receiver.tell('name', name);
  const receiving = receiver.run();
  receiving.catch(() => undefined);
  await receiver.told('open');
  unlink();
  stage.note('unlinked', { name });
  sender.tell('unlinked', true);
  const full = await toldNumber(sender, 'full');
  draw(full);
  receiver.tell('full', true);
  let order: readonly string[] = [];
  while (order.length < capacity + 1) {
    order = v.parse(texts, await receiver.told('received'));
    draw(Math.max(0, Math.min(capacity, capacity + 1 - order.length)));
  }
  const [{ sentUs }, { refused, backUs }] = await Promise.all([sending, receiving]);
  const first = order[0] ?? '';
  const answer = first === 'message 2 (9)' ? 'highest' : first.startsWith('message 1 ') ? 'first-sent' : 'last-sent';
  const waited = Number(sentUs) >= Number(backUs);
  return {
    answer,
    held: answer === 'highest' && inOrder(order, capacity) && waited && refused === 'EMSGSIZE' && full === capacity,
    facts: { capacity, first, order: order.join(', '), waited, refused: String(refused) },
  };
};

/**
 * Returns true if each of the queue's first messages came once, by descending priority and then by number. The last
 * message entered the queue later than the others, so its position depends on the time.
 */
function inOrder(order: readonly string[], capacity: number): boolean {
  const parsed = order.map((text) => /^message (\d+) \((\d+)\)$/.exec(text)?.slice(1).map(Number) ?? [0, 0]);
  const first = parsed.filter(([number = 0]) => number <= capacity);
  const sorted = first.toSorted(([a = 0, high = 0], [b = 0, other = 0]) => other - high || a - b);
  return first.length === capacity && String(first) === String(sorted) && order.length === capacity + 1;
}
