import * as v from 'valibot';
import type { Cast, Director } from '../../../lab/index.ts';
import { link, processPart, resultOf } from '../../parts.ts';
import { functionNames } from './functions.ts';
import type { modularity } from './lesson.ts';

export const direct: Director<typeof modularity> = async (stage) => {
  const { broken, documents } = stage.parameters;
  const application = await stage.start('application');
  void resultOf(application);
  const modules = new Map<string, Cast>();
  const startModule = async (name: string, as = name) => {
    const cast = await stage.start('module', as);
    void resultOf(cast);
    // The application gets its end under the name of the module.
    const { port1, port2 } = stage.makeChannel();
    cast.give('requests', port1);
    application.give(name, port2);
    modules.set(name, cast);
    await cast.told('serving');
  };
  const draw = () => {
    const parts = [application, ...modules.values()];
    const links = [...modules.values()].map(({ name }) => link(application.name, name));
    stage.figure('modules', { kind: 'parts', parts: parts.map((cast) => processPart(cast)), links });
  };
  let number = 0;
  /** Resolves to the number of functions that answered for each document. */
  const handle = async (joining: readonly string[]) => {
    draw();
    const counts: number[] = [];
    for (let index = 0; index < documents; index++) {
      number += 1;
      application.tell('modules', index === 0 ? joining : []);
      application.tell('document', number);
      counts.push(v.parse(v.array(v.string()), await application.told('answered')).length);
    }
    return Math.min(...counts);
  };

  await Promise.all(functionNames.map((name) => startModule(name)));
  const all = functionNames.length;
  const before = await handle(functionNames);
  const victim = modules.get(broken);
  const survivors = [...modules.values()].filter((cast) => cast !== victim);
  stage.note('kill', { name: broken, pid: victim?.pid ?? 0 });
  victim?.kill();
  await victim?.ended;
  modules.delete(broken);
  const without = await handle([]);

  await startModule(broken, `${broken} 2`);
  stage.note('replace', { name: broken, pid: modules.get(broken)?.pid ?? 0 });
  const after = await handle([broken]);
  // The survivors are the same processes with the same counts as before.
  const counts = survivors.map(async (cast) => {
    cast.tell('count', true);
    return v.parse(v.number(), await cast.told('served'));
  });
  const served = Math.min(...(await Promise.all(counts)));
  const facts = { functions: all, broken, before, without, after, served, documents: number };
  const answer = without === all - 1 ? 'one' : without === all ? 'none' : 'all';
  return { answer, held: before === all && answer === 'one' && after === all && served === number, facts };
};
