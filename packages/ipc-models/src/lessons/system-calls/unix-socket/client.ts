import { AF_UNIX, close, connect, read, SOCK_STREAM, socket, write } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { bytesOf, textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { unixSocket } from './lesson.ts';

export const program: Program<typeof unixSocket> = async (actor) => {
  const path = await toldText(actor, 'path');
  const late = socket(AF_UNIX, SOCK_STREAM);
  const tryLate = () =>
    connect(late, { path }).then(
      () => '0',
      (error: { code: string }) => error.code,
    );
  // ---
  await actor.step('socket');
  const link = actor.call('socket(AF_UNIX, SOCK_STREAM, 0)', () => socket(AF_UNIX, SOCK_STREAM));
  await actor.step('connect');
  await actor.call(`connect(${link}, "${path}")`, () => connect(link, { path }));
  actor.tell('connected', true);
  await actor.told('unlinked');
  await actor.step('write');
  await actor.call(`write(${link}, "I am process 1")`, () => write(link, bytesOf('I am process 1')));
  await actor.step('read');
  const answer = await actor.call(`read(${link}, buffer, 4096)`, async () => textOf(await read(link, 4096)), 'wait');
  await actor.step('late');
  const tried = await actor.call(`connect(${late}, "${path}")`, tryLate);
  await actor.step('close');
  actor.call(`close(${link})`, () => close(link));
  // ---
  return { answer, tried };
};
