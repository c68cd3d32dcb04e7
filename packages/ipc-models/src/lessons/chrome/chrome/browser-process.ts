import { Conversation, PartnerGoneError } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { chrome } from './lesson.ts';

/** Number of frames that every living tab must paint before the director continues. */
const milestoneFrames = 5;

export const program: Program<typeof chrome> = async (actor) => {
  const names = Array.from({ length: actor.parameters.tabs }, (_, index) => `renderer ${index + 1}`);
  const plugin = await Conversation.open(actor, 'plugin', 'plugin');
  const tabs = await Promise.all(names.map((name) => Conversation.open(actor, name, name)));
  /** Number of frames of each living tab since the last milestone. */
  const painted = new Map(names.map((name) => [name, 0]));
  let computed = 0;
  const count = (name: string) => {
    painted.set(name, (painted.get(name) ?? 0) + 1);
    if (Math.min(...painted.values()) < milestoneFrames) return;
    for (const each of painted.keys()) painted.set(each, 0);
    actor.tell('milestone', computed);
  };
  const lose = (name: string, note: 'sad-tab' | 'placeholder') => {
    painted.delete(name);
    for (const each of painted.keys()) painted.set(each, 0);
    actor.note(note, { name });
    actor.tell('lost', name);
  };
  const serveTab = async (tab: Conversation, name: string) => {
    // ---
    for (;;) {
      await actor.step('receive');
      const { value } = await tab.hear();
      count(name);
      await actor.step('forward');
      plugin.say(`${name}, ${value}`);
    }
    // ---
  };
  const servePlugin = async () => {
    for (;;) {
      await plugin.hear();
      computed += 1;
    }
  };
  const until = async (serving: Promise<never>, name: string, note: 'sad-tab' | 'placeholder') => {
    try {
      await serving;
    } catch (error) {
      if (!(error instanceof PartnerGoneError)) throw error;
      lose(name, note);
    }
  };
  await Promise.all([
    ...tabs.map((tab, index) => until(serveTab(tab, names[index] ?? ''), names[index] ?? '', 'sad-tab')),
    until(servePlugin(), 'plugin', 'placeholder'),
  ]);
};
