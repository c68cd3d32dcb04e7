import type { Actor } from '../../../lab/index.ts';
import type { independentAndCooperating } from './lesson.ts';

/** Returns one round of work. The victim tells the director after half of the rounds and stops there, to be killed. */
export function untilHalfWay(actor: Actor<typeof independentAndCooperating>): (round: number) => Promise<void> {
  const { rounds, workMs } = actor.parameters;
  const isVictim = actor.name.endsWith('1');
  return async (round) => {
    await actor.call('work()', () => actor.sleep(workMs), 'work');
    if (!isVictim || round !== Math.ceil(rounds / 2)) return;
    actor.tell('half way', true);
    await actor.told('never');
  };
}
