import * as v from 'valibot';
import { Conversation, PartnerGoneError } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { independentAndCooperating } from './lesson.ts';
import { untilHalfWay } from './until-half-way.ts';

export const program: Program<typeof independentAndCooperating> = async (actor) => {
  const { rounds } = actor.parameters;
  const work = untilHalfWay(actor);
  const other = await Conversation.open(actor, 'other', v.parse(v.string(), await actor.told('partner')));
  const receive = async () => v.parse(v.number(), (await other.hear()).value);
  let total = 0;
  let done = 0;
  try {
    // ---
    for (let round = 1; round <= rounds; round++) {
      await actor.step('work');
      await work(round);
      await actor.step('send');
      other.say(round);
      await actor.step('receive');
      total += await actor.call('receive()', receive, 'wait');
      done = round;
    }
    // ---
  } catch (error) {
    if (!(error instanceof PartnerGoneError)) throw error;
    actor.note('stuck', { done });
  }
  return { total, done };
};
