import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { rendezvous } from './lesson.ts';

export const program: Program<typeof rendezvous> = async (actor) => {
  const { rounds, senderMs } = actor.parameters;
  const mailboxes = new Mailboxes(await actor.endpoint('mailboxes'));
  const mailbox = await mailboxes.create('meeting', v.string());
  actor.tell('ready', true);
  await actor.told('go');
  const stays: number[] = [];
  // ---
  for (let round = 1; round <= rounds; round++) {
    await actor.step('work');
    await actor.call('work()', () => actor.sleep(senderMs), 'work');
    const cameUs = actor.nowUs();
    await actor.step('send');
    await actor.call(`send("message ${round}")`, () => mailbox.meet(`message ${round}`), 'wait');
    stays.push(cameUs, actor.nowUs());
  }
  // ---
  actor.tell('stays', stays);
};
