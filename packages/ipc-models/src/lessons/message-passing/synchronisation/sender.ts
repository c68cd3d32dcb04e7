import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { synchronisation } from './lesson.ts';

export const program: Program<typeof synchronisation> = async (actor) => {
  const { send: how, messages, lateMs } = actor.parameters;
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  const mailbox = await system.create('mailbox', v.string(), { capacity: messages });
  let waitedUs = 0;
  let longestUs = 0;
  const send = async (message: string) => {
    const startUs = actor.nowUs();
    if (how === 'blocking') await actor.call(`send("${message}")`, () => mailbox.meet(message), 'wait');
    else await actor.call(`send("${message}")`, () => mailbox.trySend(message));
    const tookUs = actor.nowUs() - startUs;
    waitedUs += tookUs;
    longestUs = Math.max(longestUs, tookUs);
  };
  actor.tell('ready', true);
  await actor.told('go');
  // ---
  for (let number = 1; number <= messages; number++) {
    if (number % 2 === 1) {
      await actor.step('late');
      await actor.call('work()', () => actor.sleep(lateMs), 'work'); // now the receiver comes first
    }
    await actor.step('send');
    await send(`message ${number}`);
  }
  // ---
  return { waitedUs, longestUs };
};
