import type { Program } from '../../../lab/index.ts';
import { joinLinks } from '../join-links.ts';
import type { directSymmetric } from './lesson.ts';

export const program: Program<typeof directSymmetric> = async (actor) => {
  const { messages } = actor.parameters;
  const links = await joinLinks(actor);
  await actor.told('go');
  let received = 0;
  // ---
  for (let number = 1; number <= messages; number++) {
    await actor.step('send');
    await actor.call(`send(Q, "message ${number}")`, () => links.send('q', `message ${number}`));
    await actor.step('receive');
    const message = await actor.call('receive(Q)', () => links.receive('q'));
    if (message === `message ${number}`) received += 1;
  }
  // ---
  actor.tell('links', links.links);
  await actor.told('end');
  return { received };
};
