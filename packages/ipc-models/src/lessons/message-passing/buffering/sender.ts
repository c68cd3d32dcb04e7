import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes, MailboxRefusedError } from '../../../message-passing/index.ts';
import type { buffering } from './lesson.ts';

export const program: Program<typeof buffering> = async (actor) => {
  const { capacity, n, messages, kibibytes } = actor.parameters;
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  const places = { zero: 0, bounded: n, unbounded: 'unbounded' } as const;
  const mailbox = await system.create('mailbox', v.string(), { capacity: places[capacity] });
  actor.tell('ready', true);
  await actor.told('go');
  let [sent, waited, waitedUs] = [0, 0, 0];
  let refused = false;
  /** Sends a message (blocking), and counts how often it had to wait for room. */
  const send = async (message: string) => {
    if (!(await mailbox.trySend(message))) {
      waited += 1;
      const startUs = actor.nowUs();
      await mailbox.send(message);
      waitedUs += actor.nowUs() - startUs;
    }
    sent += 1;
  };
  try {
    // ---
    for (let number = 1; number <= messages; number++) {
      await actor.step('produce');
      const message = `message ${number} `.padEnd(1024 * kibibytes, '.');
      await actor.step('send');
      await actor.call(`send(message ${number})`, () => send(message));
    }
    // ---
  } catch (error) {
    if (!(error instanceof MailboxRefusedError)) throw error;
    refused = true;
  }
  actor.tell('sent', { sent, waited, waitedUs, refused });
};
