import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { countPrimes, shareOf } from './count-primes.ts';
import type { speedUp } from './lesson.ts';

const share = v.object({ index: v.number(), processes: v.number() });

export const program: Program<typeof speedUp> = async (actor) => {
  const { upTo } = actor.parameters;
  countPrimes(1, 2, 200_000); // makes the engine compile it before the measurement
  actor.tell('ready', true);
  for (;;) {
    const { index, processes } = v.parse(share, await actor.told('share'));
    const { first, stride } = shareOf(index, processes);
    const cpuBefore = process.cpuUsage();
    const startUs = actor.nowUs();
    // ---
    await actor.step('count');
    const primes = actor.call(`count_primes(${first}, ${stride})`, () => countPrimes(first, stride, upTo), 'work');
    await actor.step('send');
    actor.tell('counted', primes);
    // ---
    const { user, system } = process.cpuUsage(cpuBefore);
    actor.tell('took', { startUs, endUs: actor.nowUs(), cpuUs: user + system });
  }
};
