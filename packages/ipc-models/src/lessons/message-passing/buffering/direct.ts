import type { LessonFigure } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { MailboxBroker } from '../../../message-passing/index.ts';
import { joinMailboxes } from '../circle.ts';
import { drawMailboxes } from '../mailbox-figure.ts';
import type { buffering } from './lesson.ts';

const sentMessages = v.object({ sent: v.number(), waited: v.number(), waitedUs: v.number(), refused: v.boolean() });

/** Time between two samples of the mailbox's memory, ms. */
const samplePeriodMs = 10;
const mebibyte = 1024 * 1024;

export const direct: Director<typeof buffering> = async (stage) => {
  const { capacity, n, kibibytes, limitMiB } = stage.parameters;
  // The limit protects the machine if the mailbox is unbounded.
  const broker = new MailboxBroker({ maxBytes: limitMiB * mebibyte });
  const [sender, receiver] = await Promise.all([stage.start('sender'), stage.start('receiver')]);
  for (const cast of [sender, receiver]) joinMailboxes(stage, broker, cast);
  drawMailboxes(stage, 'mailbox', broker);
  const memory = watchMemory(broker, stage.nowUs, (figure) => stage.figure('memory', figure));
  stage.onEnd(() => memory.stop());
  const runs = Promise.all([sender.run(), receiver.run()]);
  runs.catch(() => undefined); // awaited below
  await sender.told('ready');
  for (const cast of [sender, receiver]) cast.tell('go', true);
  const { sent, waited, waitedUs, refused } = v.parse(sentMessages, await sender.told('sent'));
  if (refused) stage.note('refused', { sent, limitMiB });
  receiver.tell('total', sent);
  const [, { received }] = await runs;
  memory.stop();

  const bound = { zero: 0, bounded: n, unbounded: Number.POSITIVE_INFINITY }[capacity];
  const facts = {
    n,
    sent,
    received: Number(received),
    waited,
    waitedMs: Math.round(waitedUs / 1000),
    most: memory.most,
    mostKiB: memory.most * kibibytes,
    refused,
    limitMiB,
  };
  const answer = waited === 0 ? 'never' : waited === sent ? 'always' : 'when-full';
  const isReceived = facts.received === sent && memory.most <= bound;
  // No sender waits before n messages are held. After that a sender waits until the receiver has taken one.
  const isAsClaimed = {
    zero: answer === 'always',
    bounded: (waited > 0 || sent <= n + 1) && waited <= Math.max(0, sent - n),
    unbounded: waited === 0,
  }[capacity];
  return { answer, held: isReceived && isAsClaimed, facts };
};

/** Plots the contents of the mailbox over time. */
function watchMemory(broker: MailboxBroker, nowUs: () => number, show: (figure: LessonFigure) => void) {
  const startUs = nowUs();
  const points: [number, number][] = [];
  const watch = {
    /** Largest number of messages. */
    most: 0,
    stop: () => clearInterval(timer),
  };
  const timer = setInterval(() => {
    const [mailbox] = broker.mailboxes();
    if (!mailbox) return;
    watch.most = Math.max(watch.most, mailbox.held);
    points.push([Math.round((nowUs() - startUs) / 1000), mailbox.bytes]);
    // Keep the chart small in a long run: drop every second point.
    if (points.length > mostPoints) points.splice(0, points.length, ...points.filter((_, index) => index % 2 === 0));
    show({
      kind: 'chart',
      x: { label: 'axis.time', unit: 'ms', log: false },
      y: { label: 'axis.memory', unit: 'bytes', log: false },
      series: [{ label: 'series.mailbox', points: [...points] }],
      marks: [],
    });
  }, samplePeriodMs);
  return watch;
}

const mostPoints = 400;
