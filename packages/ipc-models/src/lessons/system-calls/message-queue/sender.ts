import { mq_close, mq_getattr, mq_open, mq_send, O_CREAT, O_EXCL, O_RDWR } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { bytesOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { messageQueue } from './lesson.ts';

/** Priorities in turn: low, high, middle. */
const priorities = [1, 9, 5];

export const program: Program<typeof messageQueue> = async (actor) => {
  const { capacity } = actor.parameters;
  const name = await toldText(actor, 'name');
  // ---
  await actor.step('open');
  const attributes = { maximumMessages: capacity, messageBytes: 64 };
  const flags = O_CREAT | O_EXCL | O_RDWR;
  const text = `mq_open("${name}", O_CREAT | O_EXCL | O_RDWR, 0600, {${capacity}, 64})`;
  const queue = actor.call(text, () => mq_open(name, flags, 0o600, attributes));
  actor.tell('open', true);
  await actor.told('unlinked');
  for (let number = 1; number <= capacity + 1; number++) {
    await actor.step('send');
    const priority = priorities[(number - 1) % 3] ?? 1;
    if (number > capacity) actor.tell('full', mq_getattr(queue).held);
    const send = () => mq_send(queue, bytesOf(`message ${number}`), priority);
    await actor.call(`mq_send(queue, "message ${number}", ${priority})`, send, number > capacity ? 'wait' : 'call');
  }
  // ---
  const sentUs = actor.nowUs();
  mq_close(queue);
  return { sentUs };
};
