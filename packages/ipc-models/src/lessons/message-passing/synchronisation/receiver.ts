import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { synchronisation } from './lesson.ts';

export const program: Program<typeof synchronisation> = async (actor) => {
  const { receive: how, messages, lateMs } = actor.parameters;
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  await actor.told('go');
  const mailbox = await system.lookUp('mailbox', v.string());
  if (!mailbox) throw new Error('the mailbox is not there');
  let waitedUs = 0;
  let longestUs = 0;
  let nulls = 0;
  const receive = async () => {
    const startUs = actor.nowUs();
    const message =
      how === 'blocking'
        ? await actor.call('receive()', () => mailbox.receive(), 'wait')
        : await actor.call('receive()', () => mailbox.tryReceive());
    const tookUs = actor.nowUs() - startUs;
    waitedUs += tookUs;
    longestUs = Math.max(longestUs, tookUs);
    if (message === null) nulls += 1;
    return message;
  };
  let received = 0;
  // ---
  while (received < messages) {
    await actor.step('receive');
    if ((await receive()) !== null) received += 1;
    await actor.step('work');
    await actor.call('work()', () => actor.sleep(lateMs), 'work');
  }
  // ---
  return { waitedUs, longestUs, nulls, received };
};
