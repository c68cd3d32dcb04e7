import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { type Mailbox, MailboxEndedError, Mailboxes } from '../../../message-passing/index.ts';
import type { mailboxOwner } from './lesson.ts';

export const program: Program<typeof mailboxOwner> = async (actor) => {
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  await actor.told('created');
  const mine = await system.lookUp('mine', v.string());
  const everyones = await system.lookUp('everyones', v.string());
  if (!mine || !everyones) throw new Error('the mailboxes are not there');
  actor.tell('ready', true);
  await actor.told('owner is gone');

  /** Receives until there are no more messages. Returns their number, and whether the mailbox has ended. */
  const drain = async (mailbox: Mailbox<string>, expected: number) => {
    let received = 0;
    try {
      // ---
      while (received < expected) {
        await actor.step('receive');
        await actor.call(`receive(${mailbox.name})`, () => mailbox.receive());
        received += 1;
      }
      // ---
      return { received, ended: false };
    } catch (error) {
      if (!(error instanceof MailboxEndedError)) throw error;
      return { received, ended: true };
    }
  };
  const { held } = actor.parameters;
  // One more than the held messages: a living process sends it.
  const fromMine = await drain(mine, held + 1);
  const fromEveryones = await drain(everyones, held + 1);
  return {
    mineReceived: fromMine.received,
    mineEnded: fromMine.ended,
    everyonesReceived: fromEveryones.received,
    everyonesEnded: fromEveryones.ended,
  };
};
