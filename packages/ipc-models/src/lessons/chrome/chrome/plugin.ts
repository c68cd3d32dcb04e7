import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { chrome } from './lesson.ts';

export const program: Program<typeof chrome> = async (actor) => {
  const browser = await Conversation.open(actor, 'browser', 'browser-process');
  let computed = 0;
  for (;;) {
    // ---
    await actor.step('receive');
    const { value } = await browser.hear();
    computed += 1;
    await actor.step('answer');
    browser.say(`${value}: number ${computed}`);
    // ---
  }
};
