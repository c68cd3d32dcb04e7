import { unlink } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { connectionFigure } from '../connection-figure.ts';
import type { socketPair } from './lesson.ts';

const end = v.object({ line: v.string(), inode: v.number(), fd: v.number() });

export const direct: Director<typeof socketPair> = async (stage) => {
  const { messages, type } = stage.parameters;
  const carrier = path.join(await stage.folder(), 'carrier');
  const [parent, child] = await Promise.all([stage.start('parent'), stage.start('child')]);
  const runs = Promise.all([parent.run(), child.run()]);
  runs.catch(() => undefined); // awaited below; a process may end before that
  parent.tell('path', carrier);
  await parent.told('listening');
  child.tell('path', carrier);
  await child.told('connected');
  await unlink(carrier);
  const sent = v.parse(end, await parent.told('pair'));
  const received = v.parse(end, await child.told('received'));
  const sides = [
    { name: parent.name, pid: parent.pid, lines: [sent.line] },
    { name: child.name, pid: child.pid, lines: [received.line] },
  ] as const;
  const object = { label: 'socketpair()', shape: 'socket', lines: [type] } as const;
  stage.figure('pair', connectionFigure(sides, object, true));
  parent.tell('passed', true);
  await parent.told('written');
  child.tell('written', true);
  child.tell('answered', true);
  const [{ tried, answer: back, rest }, { first }] = await runs;
  const all = Array.from({ length: messages }, (_, index) => `message ${index + 1};`).join('');
  const answer = first === all ? 'joined' : 'apart';
  const sameSocket = sent.inode === received.inode;
  const bounds = answer === (type === 'stream' ? 'joined' : 'apart') && (answer === 'joined' || first === 'message 1;');
  return {
    answer,
    held: bounds && sameSocket && tried === 'ENXIO' && back === 'the other way' && rest === 0,
    facts: {
      first: String(first),
      sentFd: sent.fd,
      receivedFd: received.fd,
      inode: sent.inode,
      sameSocket,
      tried: String(tried),
      back: String(back),
    },
  };
};
