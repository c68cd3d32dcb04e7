import type { Program } from '../../../lab/index.ts';
import type { independentAndCooperating } from './lesson.ts';
import { untilHalfWay } from './until-half-way.ts';

export const program: Program<typeof independentAndCooperating> = async (actor) => {
  const { rounds } = actor.parameters;
  const work = untilHalfWay(actor);
  let total = 0;
  let done = 0;
  // ---
  for (let round = 1; round <= rounds; round++) {
    await actor.step('work');
    await work(round);
    await actor.step('add');
    total += round;
    done = round;
  }
  // ---
  return { total, done };
};
