import { openConnections } from '@bulkhead/rpc';
import * as v from 'valibot';
import type { Cast, Director, Stage } from '../../../lab/index.ts';
import { link, processPart, resultOf } from '../../parts.ts';
import type { machPorts } from './lesson.ts';

export const direct: Director<typeof machPorts> = async (stage) => {
  const { queued } = stage.parameters;
  const [client, server, deputy, successor] = await Promise.all([
    stage.start('client'),
    stage.start('server'),
    stage.start('deputy'),
    stage.start('successor'),
  ]);
  stage.channel('deputy', client, deputy);
  stage.channel('successor', server, successor);
  // For both channels, the server's end is the receive right and the client's end a send right.
  stage.channel('service', client, server);
  stage.channel('jobs', client, server);
  const casts = [client, server, deputy, successor];
  drawRights(stage, casts, { service: [client, server], jobs: [client, server] });
  showPorts(stage);
  const runs = Promise.all([client.run(), server.run()]);
  runs.catch(() => undefined); // awaited below
  for (const cast of [deputy, successor]) void resultOf(cast);

  await client.told('queued');
  server.tell('pass', true);
  const received = v.parse(v.number(), await successor.told('received'));
  drawRights(stage, casts, { service: [deputy, server], jobs: [client, successor] });
  client.tell('more', true);
  await client.told('sent more');
  stage.note('kill', { pid: successor.pid });
  successor.kill();
  const { atUs } = await successor.ended;
  const [{ isTold, noticedUs }, { heard }] = await runs;
  drawRights(stage, [client, server, deputy], { service: [deputy, server] });
  deputy.tell('end', true);

  const facts = {
    queued,
    received,
    heard: String(heard),
    told: isTold === true,
    noticedMs: Math.round(Math.abs(Number(noticedUs) - atUs) / 100) / 10,
    ports: openConnections().length,
  };
  const answer = received === queued ? 'successor' : 'nobody';
  const isPassed = heard === 'from the client, from the deputy';
  return { answer, held: answer === 'successor' && isPassed && isTold === true, facts };
};

/** Draws the holders of each port's rights: [to send, to receive]. */
function drawRights(
  stage: Stage,
  casts: readonly Cast[],
  ports: Readonly<Record<string, readonly [Cast, Cast]>>,
): void {
  stage.figure('rights', {
    kind: 'parts',
    parts: [
      ...casts.map((cast) => processPart(cast)),
      ...Object.keys(ports).map((name) => ({ id: name, shape: 'mailbox' as const, label: name, pid: null, lines: [] })),
    ],
    links: Object.entries(ports).flatMap(([name, [sends, receives]]) => [
      link(sends.name, name, '', false),
      link(name, receives.name, '', false),
    ]),
  });
}

/** Largest number of the browser's ports in the list. */
const mostPorts = 60;

/** Shows Mach's terms with their counterparts on message ports, and the app's own ports now. */
function showPorts(stage: Stage): void {
  const terms = ['receive', 'send', 'make', 'pass', 'dead', 'queue'];
  stage.figure('terms', {
    kind: 'table',
    columns: ['column.mach', 'column.message-port', 'column.bulkhead'],
    rows: terms.map((term) => [`mach.${term}`, `port.${term}`, `bulkhead.${term}`]),
  });
  stage.figure('bulkhead', {
    kind: 'table',
    columns: ['column.contract', 'column.role', 'column.peer', 'column.pid', 'column.sent', 'column.received'],
    rows: openConnections()
      .slice(0, mostPorts)
      .map(({ contract, role, peer, counters }) => [
        contract,
        role === 'server' ? 'role-of-port.server' : 'role-of-port.caller',
        peer.name.slice(0, 64),
        String(peer.pid ?? ''), // as text, because it is not a quantity
        counters.sent.messages,
        counters.received.messages,
      ]),
  });
}
