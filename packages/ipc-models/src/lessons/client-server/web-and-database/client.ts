import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { askWith, newAgent } from './ask.ts';
import type { webAndDatabase } from './lesson.ts';

/** Number of finished requests between two progress reports to the director. */
const reportEvery = 5;
/** If a process is killed, requests continue until one fails, up to this multiple of `requests`. */
const mostTimes = 20;

export const program: Program<typeof webAndDatabase> = async (actor) => {
  const { clients, requests, kill } = actor.parameters;
  const port = v.parse(v.number(), await actor.told('port'));
  const agent = newAgent();
  const counts: Record<string, number> = {};
  const samples: [string, number, number][] = [];
  let [sent, done, wrong, said] = [0, 0, 0, ''];
  const ask = (path: string) => askWith(agent, port, path, actor.unhurried);
  const note = (got: string, right: boolean, startUs: number) => {
    counts[got] = (counts[got] ?? 0) + 1;
    if (!right) wrong += 1;
    samples.push([got, startUs, actor.nowUs()]);
    done += 1;
    if (done % reportEvery === 0) actor.tell('progress', { done, counts: { ...counts }, last: false });
  };
  const more = () => sent < requests || (kill !== 'nobody' && done === counts['200'] && sent < mostTimes * requests);
  // ---
  await actor.step('load');
  const oneClient = async () => {
    while (more()) {
      const key = sent++ % 1000;
      const startUs = actor.nowUs();
      const { got, body } = await ask(`/${key}`);
      note(got, got !== '200' || body === `row ${key}`, startUs);
      if (got === '503') said = body;
    }
  };
  await actor.call(`GET http://127.0.0.1:${port}/… × ${requests}`, () =>
    Promise.all(Array.from({ length: clients }, oneClient)),
  );
  // ---
  agent.destroy();
  actor.tell('progress', { done, counts, last: true });
  actor.tell('samples', samples);
  return { wrong, said };
};
