import { serve } from '@bulkhead/rpc';
import type { Program } from '../../../lab/index.ts';
import { functions, moduleContract } from './functions.ts';
import type { modularity } from './lesson.ts';

export const program: Program<typeof modularity> = async (actor) => {
  const [name = ''] = actor.name.split(' ');
  const handle = functions[name];
  if (!handle) throw new Error(`there is no function ${name}`);
  const endpoint = await actor.endpoint('requests');
  let served = 0;
  // ---
  const answer = async (text: string) => {
    await actor.step('handle');
    const result = actor.call(`${name}(document)`, () => handle(text), 'work');
    served += 1;
    await actor.step('answer');
    return result;
  };
  // ---
  const handleDocument = async (text: string) => {
    const result = await answer(text);
    await actor.flush(); // it may be killed at any time
    return result;
  };
  serve(moduleContract, endpoint, { handle: handleDocument }, { peer: { name: 'application' } });
  actor.tell('serving', true);
  for (;;) {
    await actor.told('count');
    actor.tell('served', served);
  }
};
