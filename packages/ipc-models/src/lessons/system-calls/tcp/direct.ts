import type { Director } from '../../../lab/index.ts';
import { connectionFigure } from '../connection-figure.ts';
import { toldText } from '../told.ts';
import type { tcp } from './lesson.ts';

export const direct: Director<typeof tcp> = async (stage) => {
  const { number, host } = stage.parameters;
  const [server, client] = await Promise.all([stage.start('server'), stage.start('client')]);
  const serving = server.run();
  serving.catch(() => undefined); // awaited below; a process may end before that
  const address = await toldText(server, 'address');
  client.tell('address', address);
  const [served, called] = await Promise.all([serving, client.run()]);
  const sides = [
    { name: server.name, pid: server.pid, lines: [String(served.own)] },
    { name: client.name, pid: client.pid, lines: [String(called.own)] },
  ] as const;
  const object = { label: 'TCP', shape: 'socket', lines: [`${called.own} ↔ ${served.own}`] } as const;
  stage.figure('connection', connectionFigure(sides, object, true));
  const knowsProcess = served.pid === client.pid;
  const knowsAddress = served.peer === called.own && String(called.own).startsWith('127.');
  const answer = knowsProcess ? 'process' : knowsAddress ? 'address' : 'nothing';
  return {
    answer,
    held:
      answer === 'address' &&
      address.startsWith(`${host}:`) &&
      served.number === number &&
      called.back === served.bytes,
    facts: {
      address,
      peer: String(served.peer),
      pid: Number(served.pid),
      clientPid: client.pid,
      number,
      bytes: String(served.bytes),
      otherOrder: Number(served.otherOrder),
    },
  };
};
