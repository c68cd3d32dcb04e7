import { unlink } from 'node:fs/promises';
import path from 'node:path';
import type { LessonFigure } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { Cast, Director } from '../../../lab/index.ts';
import type { unixSocket } from './lesson.ts';

const client = v.object({ pid: v.number(), uid: v.number(), said: v.string(), fd: v.number() });
type Client = v.InferOutput<typeof client>;

export const direct: Director<typeof unixSocket> = async (stage) => {
  const { clients } = stage.parameters;
  const address = path.join(await stage.folder(), 'socket');
  const names = Array.from({ length: clients }, (_, index) => `client ${index + 1}`);
  const [server, ...callers] = await Promise.all([
    stage.start('server'),
    ...names.map((name) => stage.start('client', name)),
  ]);
  const serving = server.run();
  serving.catch(() => undefined); // awaited below; a process may end before that
  server.tell('path', address);
  await server.told('listening');
  for (const each of callers) each.tell('path', address);
  const calling = Promise.all(callers.map((each) => each.run()));
  calling.catch(() => undefined);
  await Promise.all(callers.map((each) => each.told('connected')));
  // All clients are connected or wait to be accepted, so the path is no longer needed.
  await unlink(address);
  stage.note('unlinked', { path: address });
  for (const each of callers) each.tell('unlinked', true);
  const known: Client[] = [];
  while (known.length < clients) {
    known.push(v.parse(client, await server.told('client')));
    stage.figure('links', linksFigure(server, callers, known));
  }
  const [results] = await Promise.all([calling, serving]);
  const right = callers.filter(({ pid }) => known.some((each) => each.pid === pid)).length;
  const gone = results.every(({ tried }) => tried === 'ENOENT');
  const answered = callers.every(({ pid }, index) => results[index]?.answer === `hello, ${pid}`);
  const answer = right === clients ? 'kernel' : known.every(({ pid }) => pid === 1) ? 'what-they-say' : 'nobody';
  return {
    answer,
    held: right === clients && answered && gone,
    facts: {
      clients,
      right,
      said: known[0]?.said ?? '',
      pids: known.map(({ pid }) => pid).join(', '),
      uid: known[0]?.uid ?? -1,
      tried: String(results[0]?.tried),
    },
  };
};

function linksFigure(server: Cast, callers: readonly Cast[], known: readonly Client[]): LessonFigure {
  const part = ({ name, pid }: Cast, lines: string[]) =>
    ({ id: name, shape: 'process', label: name, pid, lines }) as const;
  return {
    kind: 'parts',
    parts: [
      part(
        server,
        known.map(({ fd, pid }) => `fd ${fd}: SO_PEERCRED pid ${pid}`),
      ),
      ...callers.map((each) =>
        part(
          each,
          known.filter(({ pid }) => pid === each.pid).map(({ said }) => `"${said}"`),
        ),
      ),
    ],
    links: callers.map(({ name }) => ({ from: name, to: server.name, label: 'AF_UNIX', both: true })),
  };
}
