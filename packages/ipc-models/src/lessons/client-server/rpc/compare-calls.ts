import type { LessonFacts } from '@bulkhead/contracts';
import type { Remote } from '@bulkhead/rpc';
import type { Actor } from '../../../lab/index.ts';
import type { rpc } from './lesson.ts';
import type { library } from './library-contract.ts';
import { double, square } from './procedures.ts';

const warmUp = 20;
const remoteCalls = 300;
const localCalls = 1_000_000;

/** Calls the same procedures locally and remotely, and compares their times and the arguments that they change. */
export async function compareCalls(actor: Actor<typeof rpc>, server: Remote<typeof library>): Promise<LessonFacts> {
  const times: number[] = [];
  let sum = 0;
  for (let count = -warmUp; count < remoteCalls; count++) {
    const startUs = actor.nowUs();
    sum += await server.call.square(count);
    if (count >= 0) times.push(actor.nowUs() - startUs);
  }
  const startUs = actor.nowUs();
  for (let count = 0; count < localCalls; count++) sum += square(count);
  const localUs = (actor.nowUs() - startUs) / localCalls;
  const remoteUs = times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

  const [here, there] = [
    [1, 2, 3],
    [1, 2, 3],
  ];
  const localSum = actor.call('double(list)', () => double(here));
  const remoteSum = await actor.call('server.double(list)', () => server.call.double(there));
  return {
    localNs: Math.round(localUs * 10_000) / 10,
    remoteUs: Math.round(remoteUs),
    ratio: Math.round(remoteUs / localUs),
    sameResult: localSum === remoteSum && Number.isFinite(sum),
    localList: here.join(', '),
    remoteList: there.join(', '),
  };
}
