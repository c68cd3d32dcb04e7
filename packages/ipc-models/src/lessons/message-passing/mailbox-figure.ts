import type { LessonFigure } from '@bulkhead/contracts';
import type { Stage } from '../../lab/index.ts';
import type { MailboxBroker } from '../../message-passing/index.ts';

/** How often mailboxes are drawn while a lesson runs, ms. */
const drawPeriodMs = 40;
/** Most that one mailbox shows of each. */
const mostShown = 16;

/** Draws the broker's mailboxes under this name until the run ends. */
export function drawMailboxes(stage: Stage, name: string, broker: MailboxBroker): void {
  const timer = setInterval(() => stage.figure(name, mailboxFigure(broker)), drawPeriodMs);
  stage.onEnd(() => clearInterval(timer));
}

function mailboxFigure(broker: MailboxBroker): LessonFigure {
  return {
    kind: 'mailboxes',
    mailboxes: broker.mailboxes().map(({ name, owner, capacity, messages, senders, receivers }) => ({
      name,
      owner,
      capacity: capacity === 'unbounded' ? null : capacity,
      held: messages.slice(0, mostShown * 4).map(asText),
      waitingSenders: senders.slice(0, mostShown),
      waitingReceivers: receivers.slice(0, mostShown),
    })),
  };
}

/** A message as a figure has room for it; empty for one that is no text. */
const asText = (message: unknown): string => (typeof message === 'string' ? message.slice(0, 64) : '');
