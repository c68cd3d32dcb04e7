import * as v from 'valibot';
import { Conversation, PartnerGoneError } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { informationSharing } from './lesson.ts';

const copy = v.object({ copied: v.string() });

export const program: Program<typeof informationSharing> = async (actor) => {
  const { keeper, pasters } = actor.parameters;
  const editor = await Conversation.open(actor, 'clipboard', 'editor');
  const names = Array.from({ length: pasters }, (_, index) => `app ${index + 1}`);
  const apps = await Promise.all(names.map((name) => Conversation.open(actor, name, name)));
  const first = await editor.hear();
  const kept = keeper === 'clipboard' ? v.parse(copy, first.value).copied : null;
  actor.tell('ready', true);

  let requests = Promise.resolve();
  const answer = async (app: Conversation) => {
    // ---
    await actor.step('look-up');
    const text = kept ?? (await askOwner(editor));
    await actor.step('answer');
    app.say(text);
    // ---
  };
  await Promise.all(
    apps.map(async (app) => {
      for (;;) {
        await app.hear();
        requests = requests.then(() => answer(app)); // one after the other
        await requests;
      }
    }),
  );
};

/** Asks the owner for the copied text. Resolves to null if the owner has ended: its text is lost then. */
async function askOwner(owner: Conversation): Promise<string | null> {
  try {
    owner.say('paste');
    return v.parse(copy, (await owner.hear()).value).copied;
  } catch (error) {
    if (error instanceof PartnerGoneError) return null;
    throw error;
  }
}
