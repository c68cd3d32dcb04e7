import type { LessonFigure } from '@bulkhead/contracts';
import type { Stage } from '../../lab/index.ts';
import type { MailboxBroker } from '../../message-passing/index.ts';

/** How often mailboxes are drawn while a lesson runs, ms. */
const drawPeriodMs = 40;

/** Draws the broker's mailboxes under this name until the run ends. */
export function drawMailboxes(stage: Stage, name: string, broker: MailboxBroker): void {
  const timer = setInterval(() => stage.figure(name, mailboxFigure(broker)), drawPeriodMs);
  stage.onEnd(() => clearInterval(timer));
}

function mailboxFigure(broker: MailboxBroker): LessonFigure {
  const unnamed = (count: number) => Array.from({ length: Math.min(count, 16) }, () => '');
  return {
    kind: 'mailboxes',
    mailboxes: broker.mailboxes().map(({ name, owner, capacity, held, waitingSenders, waitingReceivers }) => ({
      name,
      owner,
      capacity: capacity === 'unbounded' ? null : capacity,
      held: unnamed(held),
      waitingSenders: unnamed(waitingSenders),
      waitingReceivers: unnamed(waitingReceivers),
    })),
  };
}
