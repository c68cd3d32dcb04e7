import * as v from 'valibot';
import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { informationSharing } from './lesson.ts';
import { fingerprint } from './text.ts';

export const program: Program<typeof informationSharing> = async (actor) => {
  const clipboard = await Conversation.open(actor, actor.name, 'clipboard');
  const receive = async () => v.parse(v.nullable(v.string()), (await clipboard.hear()).value);
  for (;;) {
    await actor.told('paste');
    // ---
    await actor.step('ask');
    clipboard.say('paste');
    await actor.step('paste');
    const text = await actor.call('paste()', receive);
    // ---
    actor.tell('pasted', text === null ? null : fingerprint(text));
  }
};
