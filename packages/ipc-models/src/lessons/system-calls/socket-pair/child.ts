import { fstatSync } from 'node:fs';
import {
  AF_UNIX,
  close,
  connect,
  read,
  receiveDescriptor,
  SOCK_STREAM,
  socket,
  write,
} from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { descriptorLine } from '../connection-figure.ts';
import { bytesOf, textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { socketPair } from './lesson.ts';

export const program: Program<typeof socketPair> = async (actor) => {
  const { messages } = actor.parameters;
  const path = await toldText(actor, 'path');
  const carrier = socket(AF_UNIX, SOCK_STREAM);
  await connect(carrier, { path });
  actor.tell('connected', true);
  const all = Array.from({ length: messages }, (_, index) => `message ${index + 1};`).join('').length;
  // ---
  await actor.step('receive');
  const mine = await actor.call(`recvmsg(${carrier})`, () => receiveDescriptor(carrier), 'wait');
  actor.tell('received', { line: descriptorLine(mine), inode: fstatSync(mine).ino, fd: mine });
  await actor.told('written');
  await actor.step('read');
  const first = await actor.call(`read(${mine}, buffer, 4096)`, async () => textOf(await read(mine, 4096)));
  await actor.step('rest');
  for (let left = all - first.length; left > 0; ) {
    left -= await actor.call(`read(${mine}, buffer, 4096)`, async () => (await read(mine, 4096)).length);
  }
  await actor.step('write');
  await actor.call(`write(${mine}, "the other way")`, () => write(mine, bytesOf('the other way')));
  await actor.told('answered');
  await actor.step('close');
  actor.call(`close(${mine})`, () => close(mine));
  // ---
  return { first };
};
