import type { Cast, Director } from '../../../lab/index.ts';
import { link, processPart, resultOf } from '../../parts.ts';
import type { independentAndCooperating } from './lesson.ts';

export const direct: Director<typeof independentAndCooperating> = async (stage) => {
  const { rounds } = stage.parameters;
  const pair = (role: string) => Promise.all([stage.start(role, `${role} 1`), stage.start(role, `${role} 2`)]);
  const [independent, cooperating] = await Promise.all([pair('independent'), pair('cooperating')]);
  const [one, two] = cooperating;
  stage.channel('other', one, two);
  one.tell('partner', two.name);
  two.tell('partner', one.name);
  stage.figure('processes', {
    kind: 'parts',
    parts: [...independent, ...cooperating].map((cast) => processPart(cast)),
    links: [link(one.name, two.name)],
  });
  const runPair = async ([victim, survivor]: readonly [Cast, Cast]) => {
    const surviving = resultOf(survivor);
    void resultOf(victim);
    await victim.told('half way');
    stage.note('kill', { name: victim.name, pid: victim.pid });
    victim.kill();
    const { how } = await victim.ended;
    const result = await surviving;
    return { how, done: Number(result?.done ?? 0), total: Number(result?.total ?? 0) };
  };
  const [alone, together] = await Promise.all([runPair(independent), runPair(cooperating)]);
  const facts = { rounds, independentDone: alone.done, cooperatingDone: together.done, total: alone.total };
  const finished = [alone, together].map(({ done }) => done === rounds);
  const answer = finished[0] ? (finished[1] ? 'both' : 'independent') : 'neither';
  const expectedTotal = (rounds * (rounds + 1)) / 2;
  return { answer, held: answer === 'independent' && alone.total === expectedTotal, facts };
};
