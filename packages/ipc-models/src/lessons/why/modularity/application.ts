import { connect, type Remote } from '@bulkhead/rpc';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { documentText, functionNames, moduleContract } from './functions.ts';
import type { modularity } from './lesson.ts';

export const program: Program<typeof modularity> = async (actor) => {
  const modules = new Map<string, Remote<typeof moduleContract>>();
  /** Resolves to the answers of all functions to a document. */
  const handle = async (document: number) => {
    const answered: string[] = [];
    // ---
    for (const [name, module] of modules) {
      await actor.step('ask');
      try {
        const call = () => module.call.handle(documentText(document));
        await actor.call(`${name}.handle(document ${document})`, call);
        answered.push(name);
      } catch {
        await actor.step('without');
        actor.note('without', { name, document });
      }
    }
    // ---
    return answered;
  };
  const names = v.array(v.picklist(functionNames));
  for (;;) {
    // First new modules and replacements, then a document.
    for (const name of v.parse(names, await actor.told('modules'))) {
      const endpoint = await actor.endpoint(name);
      modules.set(name, connect(moduleContract, endpoint, { peer: { name }, heartbeat: false }));
    }
    actor.tell('answered', await handle(v.parse(v.number(), await actor.told('document'))));
  }
};
