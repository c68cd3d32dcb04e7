import type { Director } from '../../../lab/index.ts';
import { MailboxBroker } from '../../../message-passing/index.ts';
import { resultOf } from '../../parts.ts';
import { joinMailboxes } from '../circle.ts';
import { drawMailboxes } from '../mailbox-figure.ts';
import { until } from '../until.ts';
import type { mailboxes } from './lesson.ts';

export const direct: Director<typeof mailboxes> = async (stage) => {
  const { receivers, rounds } = stage.parameters;
  const broker = new MailboxBroker();
  const names = Array.from({ length: receivers }, (_, index) => `receiver ${index + 1}`);
  const [sender, ...casts] = await Promise.all([
    stage.start('sender'),
    ...names.map((name) => stage.start('receiver', name)),
  ]);
  for (const cast of [sender, ...casts]) joinMailboxes(stage, broker, cast);
  drawMailboxes(stage, 'mailboxes', broker);
  for (const cast of [sender, ...casts]) void resultOf(cast);
  await sender.told('created');
  for (const cast of casts) cast.tell('created', true);

  const waiting = () => broker.mailboxes().find(({ name }) => name === 'letters')?.receivers ?? [];
  /** For each letter, the receiver's position in the order of arrival. */
  const places: number[] = [];
  let deliveries = 0;
  for (let round = 0; round < rounds; round++) {
    // In every round they arrive one after the other, in another order.
    const order = casts.map((_, index) => casts[(index + round) % receivers]).filter((cast) => cast !== undefined);
    const got: string[] = [];
    for (const cast of order)
      void cast.told('letter').then(
        () => got.push(cast.name),
        () => undefined,
      );
    for (const [index, cast] of order.entries()) {
      cast.tell('order', 'letter');
      await until(stage, () => waiting().length === index + 1);
    }
    stage.note('order', { order: waiting().join(', ') });
    for (let letter = 1; letter <= receivers; letter++) {
      const before = waiting();
      sender.tell('all wait', true);
      await until(stage, () => got.length >= letter && waiting().length < before.length);
      deliveries += before.length - waiting().length;
      places.push(before.indexOf(got[letter - 1] ?? ''));
    }
  }

  // A second mailbox between a pair that already has one.
  await sender.told('parcel sent');
  const [one] = casts;
  one?.tell('order', 'parcel');
  const parcel = await one?.told('parcel');
  const between = broker.mailboxes().length;
  sender.tell('end', true);

  const letters = receivers * rounds;
  const inOrder = places.filter((place) => place === 0).length;
  const answer = deliveries > letters ? 'all' : inOrder === letters ? 'first' : 'last';
  const facts = { receivers, letters, deliveries, inOrder, between };
  return { answer, held: answer === 'first' && deliveries === letters && parcel === 'parcel' && between === 2, facts };
};
