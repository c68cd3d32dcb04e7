import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { answersFigure, latencyFigure, type Sample } from './figures.ts';
import type { webAndDatabase } from './lesson.ts';

const progress = v.object({ done: v.number(), counts: v.record(v.string(), v.number()), last: v.boolean() });
const found = v.object({ wrong: v.number(), said: v.string() });
const samples = v.array(v.tuple([v.string(), v.number(), v.number()]));

export const direct: Director<typeof webAndDatabase> = async (stage) => {
  const { kill, over, requests } = stage.parameters;
  const [web, database, client] = await Promise.all([
    stage.start('web'),
    stage.start('database'),
    stage.start('client'),
  ]);
  stage.channel('database', web, database);
  web.tell('database', database.pid);
  // Both serve until their end, which is part of the lesson. The run itself notices any other end.
  for (const server of [web, database]) server.run().catch(() => undefined);
  client.tell('port', await web.told('port'));
  const load = client.run();
  load.catch(() => undefined); // awaited below; a process may end before that
  const victim = kill === 'web' ? web : kill === 'database' ? database : undefined;
  let [state, killedUs] = [{ done: 0, counts: {} as Record<string, number>, last: false }, 0];
  while (!state.last) {
    state = v.parse(progress, await client.told('progress'));
    stage.figure('answers', answersFigure(state.counts));
    if (killedUs > 0 || !victim || state.done < requests / 2) continue;
    killedUs = stage.nowUs();
    stage.note('kill', { victim: victim.name, pid: victim.pid, done: state.done });
    victim.kill();
  }
  const [ended, told] = await Promise.all([load, client.told('samples')]);
  const { wrong, said } = v.parse(found, ended);
  const all: Sample[] = v.parse(samples, told);
  stage.figure('latency', latencyFigure(all, killedUs));

  const { '200': ok = 0, '503': unavailable = 0, timeout: hung = 0 } = state.counts;
  const refused = state.done - ok - unavailable - hung;
  const answer = hung > 0 ? 'nothing' : unavailable > 0 ? 'told' : refused > 0 ? 'refused' : 'all-answered';
  const expected = { database: 'told', web: 'refused', nobody: 'all-answered' }[kill];
  const tookUs = all.map(([, startUs, endUs]) => endUs - startUs).sort((a, b) => a - b);
  // A lost call names the process that ended. An unanswered message gives no information.
  const isRight = {
    database: refused === 0 && (over === 'messages' || said.includes(String(database.pid))),
    web: true,
    nobody: ok === state.done,
  };
  return {
    answer,
    held: answer === expected && wrong === 0 && isRight[kill],
    facts: {
      requests: state.done,
      ok,
      unavailable,
      refused,
      hung,
      said,
      medianMs: milliseconds(tookUs[tookUs.length >> 1] ?? 0),
      slowestMs: milliseconds(tookUs.at(-1) ?? 0),
    },
  };
};

const milliseconds = (us: number) => Math.round(us / 100) / 10;
