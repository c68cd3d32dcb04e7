import type { Director } from '../../../lab/index.ts';
import { MailboxBroker } from '../../../message-passing/index.ts';
import { resultOf } from '../../parts.ts';
import { joinMailboxes } from '../circle.ts';
import { drawMailboxes } from '../mailbox-figure.ts';
import { until } from '../until.ts';
import type { mailboxOwner } from './lesson.ts';

export const direct: Director<typeof mailboxOwner> = async (stage) => {
  const { held } = stage.parameters;
  const broker = new MailboxBroker();
  const casts = await Promise.all([stage.start('owner'), stage.start('user'), stage.start('other')]);
  const [owner, user, other] = casts;
  const [owning] = [
    joinMailboxes(stage, broker, owner),
    joinMailboxes(stage, broker, user),
    joinMailboxes(stage, broker, other),
  ];
  drawMailboxes(stage, 'mailboxes', broker);
  void resultOf(owner);
  const runs = Promise.all([user.run(), other.run()]);
  runs.catch(() => undefined); // awaited below
  await owner.told('created');
  const before = broker.mailboxes().map(({ name }) => name);
  for (const cast of [user, other]) cast.tell('created', true);
  await Promise.all([user.told('ready'), other.told('ready')]);
  await until(stage, () => broker.mailboxes().some(({ name, receivers }) => name === 'empty' && receivers.length > 0));
  stage.note('kill', { pid: owner.pid });
  owner.kill();
  await owner.ended;
  await owning.closed; // now the broker knows it too
  const left = broker.mailboxes();
  stage.note('left', { left: left.map(({ name, owner }) => `${name} (${owner})`).join(', ') });
  for (const cast of [other, user]) cast.tell('owner is gone', true);
  const [used, using] = await runs;

  const facts = {
    held,
    before: before.length,
    left: left.length,
    lost: held - Number(used.mineReceived),
    everyonesReceived: Number(used.everyonesReceived),
    expected: held + 1,
    told: String(using.told),
  };
  const [mineEnded, everyonesEnded] = [used.mineEnded === true, used.everyonesEnded === true];
  const answer = mineEnded ? (everyonesEnded ? 'both' : 'owned') : 'neither';
  const isKept = facts.everyonesReceived === facts.expected;
  return {
    answer,
    held: answer === 'owned' && facts.told !== '' && isKept && facts.lost === held && left.length === 1,
    facts,
  };
};
