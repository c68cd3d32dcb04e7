import type { Director } from '../../../lab/index.ts';
import { MailboxBroker } from '../../../message-passing/index.ts';
import { joinMailboxes } from '../circle.ts';
import { drawMailboxes } from '../mailbox-figure.ts';
import type { synchronisation } from './lesson.ts';

export const direct: Director<typeof synchronisation> = async (stage) => {
  const { send, receive, messages, lateMs } = stage.parameters;
  const broker = new MailboxBroker();
  const [sender, receiver] = await Promise.all([stage.start('sender'), stage.start('receiver')]);
  for (const cast of [sender, receiver]) joinMailboxes(stage, broker, cast);
  drawMailboxes(stage, 'mailbox', broker);
  const runs = Promise.all([sender.run(), receiver.run()]);
  runs.catch(() => undefined); // awaited below
  await sender.told('ready');
  for (const cast of [sender, receiver]) cast.tell('go', true);
  const [sent, received] = await runs;

  // A process that waits does so for the other's work at least once; a call alone takes a fraction of that time.
  const waits = (longestUs: unknown) => Number(longestUs) / 1000 > 0.7 * lateMs;
  const [senderWaits, receiverWaits] = [waits(sent.longestUs), waits(received.longestUs)];
  const answer = senderWaits ? (receiverWaits ? 'both' : 'sender') : receiverWaits ? 'receiver' : 'nobody';
  const facts = {
    messages,
    received: Number(received.received),
    nulls: Number(received.nulls),
    senderWaitedMs: Math.round(Number(sent.waitedUs) / 1000),
    receiverWaitedMs: Math.round(Number(received.waitedUs) / 1000),
  };
  const isAsSent = senderWaits === (send === 'blocking');
  const isAsReceived = receiverWaits === (receive === 'blocking') && facts.nulls > 0 === (receive === 'non-blocking');
  return { answer, held: isAsSent && isAsReceived && facts.received === messages, facts };
};
