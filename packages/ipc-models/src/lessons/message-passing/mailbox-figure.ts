import type { LessonFigure } from '@bulkhead/contracts';
import type { Stage } from '../../lab/index.ts';
import type { MailboxBroker } from '../../message-passing/index.ts';

/** Time between two drawings of the mailboxes, ms. */
const drawPeriodMs = 40;
/** Largest number of messages, senders or receivers that one mailbox shows. */
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

/** Shortens a message for the figure. Returns an empty text for a message that is not text. */
const asText = (message: unknown): string => (typeof message === 'string' ? message.slice(0, 64) : '');
