import type { Program } from '../../../lab/index.ts';
import { joinLinks } from '../join-links.ts';
import type { directAsymmetric } from './lesson.ts';

export const program: Program<typeof directAsymmetric> = async (actor) => {
  const { messages } = actor.parameters;
  const links = await joinLinks(actor);
  await actor.told('go');
  // ---
  for (let number = 1; number <= messages; number++) {
    await actor.step('send');
    const message = `message ${number}`; // it does not say from whom
    await actor.call(`send(receiver, "${message}")`, () => links.send('receiver', message));
  }
  // ---
  await actor.told('end');
  return { sent: messages };
};
