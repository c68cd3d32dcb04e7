import path from 'node:path';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { link, processPart } from '../../parts.ts';
import { socketAddress } from './address.ts';
import type { connection } from './lesson.ts';

export const direct: Director<typeof connection> = async (stage) => {
  const { over, messages } = stage.parameters;
  const [client, server] = await Promise.all([stage.start('client'), stage.start('server')]);
  const folder = await stage.folder();
  const pidFile = path.join(folder, 'server.pid');
  const serving = server.run();
  serving.catch(() => undefined); // awaited below
  const asked = over === 'tcp' ? { host: '127.0.0.1', port: 0 } : { path: path.join(folder, 'server') };
  server.tell('meeting', { address: asked, pidFile });
  const address = v.parse(socketAddress, await server.told('listening'));
  const place = 'path' in address ? path.basename(address.path) : `${address.host}:${address.port}`;
  stage.figure('processes', {
    kind: 'parts',
    parts: [
      processPart(client),
      { id: 'kernel', shape: 'socket', label: `${over === 'tcp' ? 'TCP' : 'AF_UNIX'} ${place}`, pid: null, lines: [] },
      processPart(server),
    ],
    links: [link(client.name, 'kernel'), link('kernel', server.name)],
  });
  client.tell('meeting', { address, pidFile });
  const [one, two] = await Promise.all([client.run(), serving]);
  const earlyMs = (Number(two.acceptUs) - Number(one.openedUs)) / 1000;
  const facts = {
    host: String(one.host),
    serverPid: server.pid,
    found: Number(one.server),
    peer: Number(one.peer),
    messages,
    echoed: Number(one.echoed),
    earlyMs: Math.round(Math.abs(earlyMs) * 10) / 10,
  };
  const isIdentified = facts.found === server.pid && facts.peer === server.pid;
  const isDone = facts.echoed === messages && Number(two.read) === messages;
  const isClosed = one.isClosed === true && two.isClosed === true;
  return { answer: earlyMs > 0 ? 'before' : 'after', held: isIdentified && isDone && isClosed, facts };
};
