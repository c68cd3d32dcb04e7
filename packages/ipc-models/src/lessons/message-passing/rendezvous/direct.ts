import * as v from 'valibot';
import type { Cast, Director } from '../../../lab/index.ts';
import { MailboxBroker } from '../../../message-passing/index.ts';
import { drawMailboxes } from '../mailbox-figure.ts';
import type { rendezvous } from './lesson.ts';

const times = v.array(v.number());

export const direct: Director<typeof rendezvous> = async (stage) => {
  const { rounds } = stage.parameters;
  const broker = new MailboxBroker();
  const [sender, receiver] = await Promise.all([stage.start('sender'), stage.start('receiver')]);
  for (const cast of [sender, receiver]) {
    const { name, pid } = cast;
    const served = broker.connect(stage.channelTo('mailboxes', cast), { name, pid });
    stage.onEnd(() => served.close());
  }
  drawMailboxes(stage, 'mailbox', broker);
  const runs = Promise.all([sender.run(), receiver.run()]);
  runs.catch(() => undefined); // awaited below; a process may end before that
  await sender.told('ready');
  for (const cast of [sender, receiver]) cast.tell('go', true);
  await runs;
  const staysOf = async (cast: Cast) => v.parse(times, await cast.told('stays'));
  const [sent, received] = await Promise.all([staysOf(sender), staysOf(receiver)]);

  let met = 0;
  let [senderWaited, receiverWaited] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const [senderCame = 0, senderLeft = 0] = sent.slice(2 * round);
    const [receiverCame = 0, receiverLeft = 0] = received.slice(2 * round);
    if (senderLeft >= receiverCame && receiverLeft >= senderCame) met += 1;
    senderWaited += Math.max(0, receiverCame - senderCame);
    receiverWaited += Math.max(0, senderCame - receiverCame);
  }
  const facts = {
    rounds,
    met,
    senderWaitedMs: Math.round(senderWaited / 1000),
    receiverWaitedMs: Math.round(receiverWaited / 1000),
  };
  const difference = facts.senderWaitedMs - facts.receiverWaitedMs;
  const answer = Math.abs(difference) <= rounds ? 'nobody' : difference > 0 ? 'sender' : 'receiver';
  return { answer, held: met === rounds, facts };
};
