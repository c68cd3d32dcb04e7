import { Conversation } from '../../../lab/conversation.ts';
import type { Program } from '../../../lab/index.ts';
import type { chrome } from './lesson.ts';

export const program: Program<typeof chrome> = async (actor) => {
  const { frameMs } = actor.parameters;
  const browser = await Conversation.open(actor, 'browser', 'browser-process');
  let isStopped = false;
  void actor.told('stop').then(() => {
    isStopped = true;
  });
  let longestGapUs = 0;
  let lastUs = actor.nowUs();
  let frame = 0;
  // ---
  while (!isStopped) {
    await actor.step('paint');
    await actor.call('paint()', () => actor.sleep(frameMs), 'work');
    frame += 1;
    await actor.step('send');
    browser.say(`frame ${frame}`);
    longestGapUs = Math.max(longestGapUs, actor.nowUs() - lastUs);
    lastUs = actor.nowUs();
  }
  // ---
  return { frames: frame, longestGapUs };
};
