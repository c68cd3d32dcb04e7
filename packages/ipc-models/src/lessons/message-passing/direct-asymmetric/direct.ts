import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { link, processPart } from '../../parts.ts';
import { LinkCircle } from '../circle.ts';
import type { directAsymmetric } from './lesson.ts';

const bySender = v.array(v.tuple([v.string(), v.array(v.string())]));

export const direct: Director<typeof directAsymmetric> = async (stage) => {
  const { senders, messages } = stage.parameters;
  const circle = new LinkCircle(stage);
  const names = Array.from({ length: senders }, (_, index) => `sender ${index + 1}`);
  const [receiver, ...casts] = await Promise.all([
    stage.start('receiver'),
    ...names.map((name) => stage.start('sender', name)),
  ]);
  const all = [receiver, ...casts];
  for (const cast of all) circle.join(cast);
  const runs = Promise.all(all.map((cast) => cast.run()));
  runs.catch(() => undefined); // awaited below
  for (const cast of all) cast.tell('go', true);
  const received = v.parse(bySender, await receiver.told('received'));
  const links = circle.broker.links;
  stage.figure('links', {
    kind: 'parts',
    parts: all.map((cast) => processPart(cast)),
    links: links.map(([one, other]) => link(one, other)),
  });
  for (const cast of all) cast.tell('end', true);
  await runs;

  const sent = Array.from({ length: messages }, (_, index) => `message ${index + 1}`).join();
  const told = received.filter(([from, its]) => names.includes(from) && its.join() === sent).length;
  const facts = { senders, messages, received: received.flatMap(([, its]) => its).length, told, links: links.length };
  const isAllToReceiver = links.length === senders && links.every((pair) => pair.includes(receiver.name));
  const answer = told === senders && received.length === senders ? 'told' : 'unknown';
  return { answer, held: answer === 'told' && isAllToReceiver, facts };
};
