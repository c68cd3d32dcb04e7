import { connect, PeerGoneError } from '@bulkhead/rpc';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { compareCalls } from './compare-calls.ts';
import { endOf } from './end-of.ts';
import type { rpc } from './lesson.ts';
import { library } from './library-contract.ts';

export const program: Program<typeof rpc> = async (actor) => {
  const { inFlight, calls, kill } = actor.parameters;
  const pid = v.parse(v.number(), await actor.told('server'));
  const server = connect(library, await actor.endpoint('library'), { peer: { name: 'server', pid } });
  await server.opened;
  const comparison = await compareCalls(actor, server);
  let [sent, answered, gone, hung, error] = [0, 0, 0, 0, ''];
  let lastEndUs = 0;
  // ---
  const keepCalling = async () => {
    while (sent < calls || kill === 'server') {
      const key = sent++;
      const end = await endOf(server.call.lookUp(key));
      lastEndUs = actor.nowUs();
      if (end === `row ${key}`) answered += 1;
      else if (end instanceof PeerGoneError) gone += 1;
      else hung += 1;
      if (answered === Math.ceil(calls / 2)) actor.tell('half', answered);
      if (end instanceof Error) {
        error = end.message;
        return;
      }
    }
  };
  await actor.step('load');
  await actor.call(`lookUp(…), ${inFlight} at once`, () => Promise.all(Array.from({ length: inFlight }, keepCalling)));
  await actor.step('after');
  const afterUs = actor.nowUs();
  const after = await actor.call('lookUp(1)', () => endOf(server.call.lookUp(1)));
  // ---
  const afterMs = (actor.nowUs() - afterUs) / 1000;
  server.close();
  const afterGone = after instanceof PeerGoneError;
  return { ...comparison, sent, answered, gone, hung, error, lastEndUs, afterMs, afterGone };
};
