import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { rendezvous } from './lesson.ts';

export const program: Program<typeof rendezvous> = async (actor) => {
  const { rounds, receiverMs } = actor.parameters;
  const mailboxes = new Mailboxes(await actor.endpoint('mailboxes'));
  await actor.told('go');
  const mailbox = await mailboxes.lookUp('meeting', v.string());
  if (!mailbox) throw new Error('there is no mailbox to meet at');
  const stays: number[] = [];
  // ---
  for (let round = 1; round <= rounds; round++) {
    await actor.step('work');
    await actor.call('work()', () => actor.sleep(receiverMs), 'work');
    const cameUs = actor.nowUs();
    await actor.step('receive');
    await actor.call('receive()', () => mailbox.receive(), 'wait');
    stays.push(cameUs, actor.nowUs());
  }
  // ---
  actor.tell('stays', stays);
};
