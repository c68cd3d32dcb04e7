import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { informationSharing } from './lesson.ts';
import { fingerprint, textToCopy } from './text.ts';

export const program: Program<typeof informationSharing> = async (actor) => {
  const { keeper, kibibytes } = actor.parameters;
  const clipboard = await Conversation.open(actor, 'clipboard', 'clipboard');
  const text = textToCopy(kibibytes);
  // ---
  await actor.step('copy');
  clipboard.say(keeper === 'clipboard' ? { copied: text } : { offered: true });
  // ---
  actor.tell('copied', fingerprint(text));
  for (;;) {
    await clipboard.hear();
    // ---
    await actor.step('serve');
    clipboard.say({ copied: text }); // only where the editor keeps it
    // ---
    await actor.flush();
  }
};
