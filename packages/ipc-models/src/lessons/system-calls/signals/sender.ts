import { kill, SIGRTMIN, SIGUSR2, sigqueue, tgkill } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { toldNumber } from '../told.ts';
import type { signals as lesson } from './lesson.ts';

export const program: Program<typeof lesson> = async (actor) => {
  const { signals } = actor.parameters;
  const pid = await toldNumber(actor, 'pid');
  const thread = await toldNumber(actor, 'thread');
  // ---
  await actor.step('exists');
  actor.call(`kill(${pid}, 0)`, () => kill(pid, 0));
  for (let number = 1; number <= signals; number++) {
    await actor.step('kill');
    actor.call(`kill(${pid}, SIGUSR2)`, () => kill(pid, SIGUSR2));
    await actor.told('handled');
  }
  actor.tell('one by one', true);
  await actor.told('blocked');
  for (let number = 1; number <= signals; number++) {
    await actor.step('kill-blocked');
    actor.call(`tgkill(${pid}, ${thread}, SIGUSR2)`, () => tgkill(pid, thread, SIGUSR2));
    await actor.step('sigqueue');
    actor.call(`sigqueue(${pid}, SIGRTMIN, ${number * 100})`, () => sigqueue(pid, thread, SIGRTMIN, number * 100));
  }
  // ---
  actor.tell('sent', true);
  return undefined;
};
