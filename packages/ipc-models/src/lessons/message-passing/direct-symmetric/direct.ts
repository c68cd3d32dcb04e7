import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { link, processPart } from '../../parts.ts';
import { LinkCircle } from '../circle.ts';
import type { directSymmetric } from './lesson.ts';

export const direct: Director<typeof directSymmetric> = async (stage) => {
  const { messages } = stage.parameters;
  const circle = new LinkCircle(stage);
  const casts = await Promise.all([stage.start('p'), stage.start('q'), stage.start('r')]);
  for (const cast of casts) circle.join(cast);
  const draw = () =>
    stage.figure('links', {
      kind: 'parts',
      parts: casts.map((cast) => processPart(cast)),
      links: circle.broker.links.map(([one, other]) => link(one, other)),
    });
  draw();
  const linksBefore = circle.broker.links.length;
  const runs = Promise.all(casts.map((cast) => cast.run()));
  runs.catch(() => undefined); // awaited below
  // P and Q name each other at the same moment.
  for (const cast of casts) cast.tell('go', true);
  const known = await Promise.all(
    casts.map(async (cast) => v.parse(v.array(v.string()), await cast.told('links')).join(',')),
  );
  draw();
  const links = circle.broker.links.length;
  for (const cast of casts) cast.tell('end', true);
  const [p, q, r] = await runs;

  const facts = {
    messages,
    linksBefore,
    links,
    channels: circle.channels,
    received: Number(p?.received) + Number(q?.received),
  };
  const answer = links === 1 ? 'one' : links === 2 ? 'two' : 'many';
  const isOfPair = known.join(' ') === 'q p ' && r?.linked === 0;
  const isOne = links === 1 && linksBefore === 0 && circle.channels === 2;
  return { answer, held: isOne && isOfPair && facts.received === 2 * messages, facts };
};
