import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { Mailboxes } from '../../../message-passing/index.ts';
import type { buffering } from './lesson.ts';

export const program: Program<typeof buffering> = async (actor) => {
  const { receiverMs } = actor.parameters;
  const system = new Mailboxes(await actor.endpoint('mailboxes'));
  await actor.told('go');
  const mailbox = await system.lookUp('mailbox', v.string());
  if (!mailbox) throw new Error('the mailbox is not there');
  const end = new AbortController();
  let total = Number.POSITIVE_INFINITY;
  let received = 0;
  void actor.told('total').then((told) => {
    total = v.parse(v.number(), told);
    if (received >= total) end.abort();
  });
  /** Receives a message and resolves to the number received. The wait ends if the sender has finished. */
  const next = async () => {
    try {
      await mailbox.receive({ signal: end.signal });
      received += 1;
    } catch (error) {
      if (!end.signal.aborted) throw error;
    }
    return received;
  };
  // ---
  while (received < total) {
    await actor.step('consume');
    await actor.call('work()', () => actor.sleep(receiverMs), 'work');
    await actor.step('receive');
    await actor.call('receive()', next);
  }
  // ---
  return { received };
};
