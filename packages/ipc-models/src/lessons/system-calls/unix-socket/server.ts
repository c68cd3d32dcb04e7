import {
  AF_UNIX,
  accept,
  bind,
  close,
  listen,
  peerCredentials,
  read,
  SOCK_STREAM,
  socket,
  write,
} from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { bytesOf, textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { unixSocket } from './lesson.ts';

export const program: Program<typeof unixSocket> = async (actor) => {
  const { clients } = actor.parameters;
  const path = await toldText(actor, 'path');
  const credentials = (link: number): [number, number] => {
    const { pid, uid } = peerCredentials(link);
    return [pid, uid];
  };
  // ---
  await actor.step('socket');
  const listening = actor.call('socket(AF_UNIX, SOCK_STREAM, 0)', () => socket(AF_UNIX, SOCK_STREAM));
  await actor.step('bind');
  actor.call(`bind(${listening}, "${path}")`, () => bind(listening, { path }));
  await actor.step('listen');
  actor.call(`listen(${listening}, ${clients})`, () => listen(listening, clients));
  actor.tell('listening', true);
  for (let number = 1; number <= clients; number++) {
    await actor.step('accept');
    const link = await actor.call(`accept(${listening})`, () => accept(listening), 'wait');
    await actor.step('credentials');
    const [pid, uid] = actor.call(`getsockopt(${link}, SO_PEERCRED): [pid, uid]`, () => credentials(link));
    await actor.step('read');
    const said = await actor.call(`read(${link}, buffer, 4096)`, async () => textOf(await read(link, 4096)), 'wait');
    actor.note('client', { pid, uid, said });
    actor.tell('client', { pid, uid, said, fd: link });
    await actor.step('write');
    await actor.call(`write(${link}, "hello, ${pid}")`, () => write(link, bytesOf(`hello, ${pid}`)));
    await actor.call(`read(${link}, buffer, 4096)`, async () => (await read(link, 4096)).length, 'wait');
    actor.call(`close(${link})`, () => close(link));
  }
  // ---
  return undefined;
};
