import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { changeAfter, countAgainst } from './conflicts-sender.ts';
import { connectSender } from './connect-sender.ts';
import type { comparison } from './lesson.ts';
import { atOnceFor, sampleTrip } from './measure.ts';
import { sizesOf, type Way } from './plan.ts';
import { lastByte } from './receiver-ends.ts';
import { type TaskOf, task } from './tasks.ts';

export const program: Program<typeof comparison> = async (actor) => {
  const { span, steps } = actor.parameters;
  const side = await connectSender(actor, Math.max(...sizesOf(span, steps)));
  const atOnce = new Map<string, number>();
  let block = new Uint8Array(0);
  let copied = copying(block);

  const timed = async ({ way, bytes, blocks, sampleMs }: TaskOf<'trips'>, trip: () => undefined | Promise<void>) => {
    const key = `${way} ${bytes} ${blocks}`;
    const fewestTrips = way === 'shared-spin' ? 20 : 1;
    const us = await sampleTrip(trip, { sampleMs, fewestTrips, atOnce: atOnce.get(key) ?? 1 });
    atOnce.set(key, atOnceFor(us));
    return us;
  };
  const trips = async (next: TaskOf<'trips'>): Promise<number> => {
    const { way, blocks } = next;
    if (way === 'memcpy') return timed(next, () => copied(blocks));
    const { send, acknowledged } = side.ends[way];
    // ---
    const trip = () => {
      for (let count = 0; count < blocks; count++) send(block); // @send
      return acknowledged(); // @acknowledged
    };
    block[0] = 0;
    const us = await timed(next, trip); // @measure
    block[0] = 1; // the last one
    await trip();
    return us;
    // ---
  };

  for (;;) {
    const next = v.parse(task, await actor.told('task'));
    if (next.kind === 'end') return undefined;
    if (next.kind === 'trips') {
      if (block.byteLength !== next.bytes) {
        block = new Uint8Array(next.bytes).fill(lastByte);
        copied = copying(block);
      }
      await actor.step('measure');
      actor.tell('result', await trips(next));
    } else if (next.kind === 'count') actor.tell('result', await countAgainst(side, next));
    else if (next.kind === 'change') actor.tell('result', await changeAfter(side, next));
    else actor.tell('result', await sendLate(next));
  }

  async function sendLate({ way, ms }: TaskOf<'wait'>): Promise<null> {
    const { send, acknowledged } = side.ends[way as Exclude<Way, 'memcpy'>];
    await actor.sleep(ms);
    send(new Uint8Array(16).fill(lastByte));
    await acknowledged();
    return null;
  }
};

/**
 * Copies within the process, into three buffers in turn, because one buffer alone would stay in the processor's cache.
 */
function copying(block: Uint8Array): (blocks: number) => undefined {
  const targets = [1, 2, 3].map((value) => new Uint8Array(block.byteLength).fill(value));
  let turn = 0;
  return (blocks) => {
    for (let count = 0; count < blocks; count++) targets[turn++ % 3]?.set(block);
  };
}
