import type { Program } from '../../../lab/index.ts';
import { joinLinks } from '../join-links.ts';
import type { directAsymmetric } from './lesson.ts';

export const program: Program<typeof directAsymmetric> = async (actor) => {
  const { senders, messages } = actor.parameters;
  const links = await joinLinks(actor);
  const received = new Map<string, string[]>();
  const use = (from: string, message: string) => {
    received.set(from, [...(received.get(from) ?? []), message]);
    actor.note('from', { from, message });
  };
  await actor.told('go');
  // ---
  for (let count = 1; count <= senders * messages; count++) {
    await actor.step('receive');
    const { from, message } = await actor.call('receive(&id)', () => links.receive());
    await actor.step('use');
    use(from, message);
  }
  // ---
  actor.tell('received', [...received]);
  await actor.told('end');
  return { links: links.links.length };
};
