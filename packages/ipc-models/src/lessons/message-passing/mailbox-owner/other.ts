import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { MailboxEndedError, Mailboxes } from '../../../message-passing/index.ts';
import type { mailboxOwner } from './lesson.ts';

export const program: Program<typeof mailboxOwner> = async (actor) => {
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  await actor.told('created');
  const [empty, ...boxes] = await Promise.all(
    ['empty', 'mine', 'everyones'].map((name) => system.lookUp(name, v.string())),
  );
  if (!empty) throw new Error('the mailboxes are not there');
  actor.tell('ready', true);
  let told = '';
  const waiting = async () => {
    // ---
    await actor.step('wait');
    await actor.call('receive(empty)', () => empty.receive(), 'wait');
    // ---
  };
  await waiting().catch((error: unknown) => {
    if (!(error instanceof MailboxEndedError)) throw error;
    told = error.message;
  });
  await actor.told('owner is gone');
  let sent = 0;
  for (const box of boxes) {
    if (!box) throw new Error('the mailboxes are not there');
    try {
      // ---
      await actor.step('send');
      await actor.call(`send(${box.name}, "one more")`, () => box.send('one more'));
      sent += 1;
      // ---
    } catch (error) {
      if (!(error instanceof MailboxEndedError)) throw error;
    }
  }
  return { sent, told };
};
