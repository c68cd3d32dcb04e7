import { fstatSync } from 'node:fs';
import {
  AF_UNIX,
  accept,
  bind,
  close,
  listen,
  O_RDWR,
  open,
  read,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  sendDescriptor,
  socket,
  socketpair,
  write,
} from '@bulkhead/shared-memory/system-calls';
import type { Actor, Program } from '../../../lab/index.ts';
import { descriptorLine } from '../connection-figure.ts';
import { bytesOf, textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { socketPair } from './lesson.ts';

export const program: Program<typeof socketPair> = async (actor) => {
  const { type, messages } = actor.parameters;
  const kind = type === 'stream' ? SOCK_STREAM : SOCK_SEQPACKET;
  const carrier = await carrierFrom(actor);
  const tryPath = (fd: number) =>
    open(`/proc/self/fd/${fd}`, O_RDWR).then(String, (error: { code: string }) => error.code);
  // ---
  await actor.step('socketpair');
  const [mine, theirs] = actor.call(`socketpair(AF_UNIX, ${type}, 0, ends)`, () => socketpair(kind));
  await actor.step('try-path');
  const tried = await actor.call(`open("/proc/self/fd/${theirs}", O_RDWR)`, () => tryPath(theirs));
  actor.tell('pair', { line: descriptorLine(mine), inode: fstatSync(theirs).ino, fd: theirs });
  await actor.step('pass');
  actor.call(`sendmsg(${carrier}, SCM_RIGHTS: ${theirs})`, () => sendDescriptor(carrier, theirs));
  await actor.told('passed');
  await actor.step('close');
  actor.call(`close(${theirs})`, () => close(theirs));
  for (let number = 1; number <= messages; number++) {
    await actor.step('write');
    await actor.call(`write(${mine}, "message ${number};")`, () => write(mine, bytesOf(`message ${number};`)));
  }
  actor.tell('written', true);
  await actor.step('read');
  const answer = await actor.call(`read(${mine}, buffer, 4096)`, async () => textOf(await read(mine, 4096)), 'wait');
  await actor.step('end');
  const rest = await actor.call(`read(${mine}, buffer, 4096)`, async () => (await read(mine, 4096)).length, 'wait');
  // ---
  return { tried, answer, rest };
};

/** Returns the Unix socket that carries the descriptor. The two are not parent and child, so nothing is inherited. */
async function carrierFrom(actor: Actor<typeof socketPair>): Promise<number> {
  const path = await toldText(actor, 'path');
  const listening = socket(AF_UNIX, SOCK_STREAM);
  bind(listening, { path });
  listen(listening, 1);
  actor.tell('listening', true);
  const carrier = await accept(listening);
  close(listening);
  return carrier;
}
