import type { Program } from '../../../lab/index.ts';
import { joinLinks } from '../join-links.ts';
import type { directSymmetric } from './lesson.ts';

export const program: Program<typeof directSymmetric> = async (actor) => {
  const links = await joinLinks(actor);
  await actor.told('go');
  actor.tell('links', links.links);
  // ---
  await actor.step('nobody');
  const named = links.links; // it names nobody,
  await actor.told('end'); // and nobody names it
  // ---
  return { named: named.length, linked: links.links.length };
};
