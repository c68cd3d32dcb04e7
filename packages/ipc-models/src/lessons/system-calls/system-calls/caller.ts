import { connect } from '@bulkhead/rpc';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { echo } from './echo-contract.ts';
import type { systemCalls } from './lesson.ts';
import { rows } from './tables.ts';
import { type Trial, trials } from './trials.ts';

const names = v.object({ folder: v.string(), names: v.array(v.string()) });

export const program: Program<typeof systemCalls> = async (actor) => {
  const { folder, names: unused } = v.parse(names, await actor.told('names'));
  const server = connect(echo, await actor.endpoint('rpc'), { heartbeat: false });
  const report = (trial: string, result: Trial) => actor.tell('result', { trial, ...result });
  const attempt = async (trial: string): Promise<Trial> => {
    try {
      return (await trials[trial]?.({ folder, name: unused.pop() ?? '' })) ?? failed('?');
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error));
    }
  };
  // ---
  for (const { trial, unix } of rows) {
    await actor.step('call');
    const result = await attempt(trial);
    actor.note(result.ok ? 'works' : 'fails', { unix, result: result.text });
    report(trial, result);
  }
  await actor.step('rpc');
  const square = await actor.call('square(12)', () => server.call.square(12));
  report('rpc', { ok: square === 144, descriptor: null, text: `square(12) = ${square}` });
  // ---
  server.close();
  return undefined;
};

const failed = (text: string): Trial => ({ ok: false, descriptor: null, text });
