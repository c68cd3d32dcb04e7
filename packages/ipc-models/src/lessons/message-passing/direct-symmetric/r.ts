import type { Program } from '../../../lab/index.ts';
import { joinLinks } from '../join-links.ts';
import type { directSymmetric } from './lesson.ts';

export const program: Program<typeof directSymmetric> = async (actor) => {
  const links = await joinLinks(actor);
  await actor.told('go');
  // ---
  await actor.step('nobody');
  const named: string[] = []; // it names nobody, and nobody names it
  // ---
  actor.tell('links', links.links);
  await actor.told('end');
  return { named: named.length };
};
