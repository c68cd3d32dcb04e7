import type { LessonFigure } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import type { rpc } from './lesson.ts';

const ended = v.object({
  localNs: v.number(),
  remoteUs: v.number(),
  ratio: v.number(),
  sameResult: v.boolean(),
  localList: v.string(),
  remoteList: v.string(),
  sent: v.number(),
  answered: v.number(),
  gone: v.number(),
  hung: v.number(),
  error: v.string(),
  lastEndUs: v.number(),
  afterMs: v.number(),
  afterGone: v.boolean(),
});
type Ended = v.InferOutput<typeof ended>;

export const direct: Director<typeof rpc> = async (stage) => {
  const { kill, inFlight } = stage.parameters;
  const [client, server] = await Promise.all([stage.start('client'), stage.start('server')]);
  stage.channel('library', client, server);
  server.run().catch(() => undefined); // it serves until its end
  client.tell('server', server.pid);
  const running = client.run();
  running.catch(() => undefined); // awaited below; a process may end before that
  await client.told('half');
  let killedUs = 0;
  if (kill === 'server') {
    killedUs = stage.nowUs();
    stage.note('kill', { pid: server.pid });
    server.kill();
  }
  const result = v.parse(ended, await running);
  stage.figure('calls', callsFigure(result, client.pid, server.pid));
  const { sent, answered, gone, hung, sameResult, localList, remoteList, lastEndUs, afterMs, afterGone, error } =
    result;
  const answer = hung > 0 ? 'forever' : gone > 0 ? 'error' : 'answered';
  // Every caller has one pending call, and each of them is lost with the server.
  const asExpected =
    kill === 'server' ? gone === inFlight && afterGone && sent === answered + gone : gone === 0 && sent === answered;
  return {
    answer,
    held: asExpected && hung === 0 && sameResult && localList !== remoteList,
    facts: {
      ...result,
      inFlight,
      error,
      lostMs: killedUs > 0 ? Math.round((lastEndUs - killedUs) / 100) / 10 : 0,
      afterMs: Math.round(afterMs * 100) / 100,
    },
  };
};

function callsFigure(result: Ended, clientPid: number, serverPid: number): LessonFigure {
  const { localNs, remoteUs, localList, remoteList, error } = result;
  return {
    kind: 'table',
    columns: ['column.what', 'column.local', 'column.remote'],
    rows: [
      ['row.written', 'square(12)', 'await server.square(12)'],
      ['row.runs', `pid ${clientPid}`, `pid ${serverPid}`],
      ['row.takes', `${localNs} ns`, `${remoteUs} µs`],
      ['row.argument', `[${localList}]`, `[${remoteList}]`],
      ['row.fails', 'row.never', error === '' ? 'row.not-now' : error],
    ],
  };
}
