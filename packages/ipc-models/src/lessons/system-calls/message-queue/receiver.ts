import { mq_close, mq_getattr, mq_open, mq_receive, O_RDWR } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { messageQueue } from './lesson.ts';

export const program: Program<typeof messageQueue> = async (actor) => {
  const { capacity, receiverMs } = actor.parameters;
  const name = await toldText(actor, 'name');
  const received: string[] = [];
  const tooSmall = () => mq_receive(queue, 8).then(String, (error: { code: string }) => error.code);
  // ---
  await actor.step('open');
  const queue = actor.call(`mq_open("${name}", O_RDWR)`, () => mq_open(name, O_RDWR));
  actor.tell('open', true);
  await actor.told('full');
  await actor.step('work');
  await actor.call('work()', () => actor.sleep(receiverMs), 'work');
  await actor.step('too-small');
  const refused = await actor.call('mq_receive(queue, buffer, 8)', tooSmall);
  const backUs = actor.nowUs();
  for (let number = 1; number <= capacity + 1; number++) {
    await actor.step('receive');
    const { message, priority } = await mq_receive(queue, 64);
    received.push(`${textOf(message)} (${priority})`);
    actor.note('received', { message: textOf(message), priority, left: mq_getattr(queue).held });
    actor.tell('received', [...received]);
  }
  // ---
  mq_close(queue);
  return { received: received.join(', '), refused, backUs };
};
