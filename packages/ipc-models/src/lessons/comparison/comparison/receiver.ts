import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { changeSeen, countAlong } from './conflicts-receiver.ts';
import { connectReceiver } from './connect-receiver.ts';
import type { comparison } from './lesson.ts';
import type { Way } from './plan.ts';
import { type TaskOf, task } from './tasks.ts';

export const program: Program<typeof comparison> = async (actor) => {
  const side = await connectReceiver(actor);

  const trips = async ({ way, bytes, blocks }: TaskOf<'trips'>): Promise<void> => {
    if (way === 'memcpy') return;
    const { receive, acknowledge } = side.ends[way];
    // ---
    for (let mark = 0; mark !== 1; ) {
      for (let count = 0; count < blocks; count++) {
        const come = receive(bytes); // @receive
        mark = typeof come === 'number' ? come : await come;
      }
      acknowledge(); // @acknowledge
    }
    // ---
  };

  for (;;) {
    const next = v.parse(task, await actor.told('task'));
    if (next.kind === 'end') return undefined;
    if (next.kind === 'trips') {
      await actor.step('receive');
      await trips(next);
      actor.tell('done', null);
    } else if (next.kind === 'count') actor.tell('done', await countAlong(side, next));
    else if (next.kind === 'change') actor.tell('done', await changeSeen(side, next));
    else actor.tell('done', await waitFor(next));
    await actor.flush();
  }

  /** Returns the processor time of the wait, ms. */
  async function waitFor({ way }: TaskOf<'wait'>): Promise<number> {
    const { receive, acknowledge } = side.ends[way as Exclude<Way, 'memcpy'>];
    const before = process.cpuUsage();
    await receive(16);
    const { user, system } = process.cpuUsage(before);
    acknowledge();
    return (user + system) / 1000;
  }
};
