import {
  AF_INET,
  accept,
  bind,
  close,
  getpeername,
  getsockname,
  listen,
  peerCredentials,
  read,
  SOCK_STREAM,
  socket,
  write,
} from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { addressText } from './address-text.ts';
import type { tcp } from './lesson.ts';

export const program: Program<typeof tcp> = async (actor) => {
  const { host } = actor.parameters;
  // ---
  await actor.step('socket');
  const listening = actor.call('socket(AF_INET, SOCK_STREAM, 0)', () => socket(AF_INET, SOCK_STREAM));
  await actor.step('bind');
  actor.call(`bind(${listening}, ${host}:0)`, () => bind(listening, { host, port: 0 }));
  await actor.step('listen');
  actor.call(`listen(${listening}, 1)`, () => listen(listening, 1));
  const own = actor.call(`getsockname(${listening})`, () => addressText(getsockname(listening)));
  actor.tell('address', own);
  await actor.step('accept');
  const link = await actor.call(`accept(${listening})`, () => accept(listening), 'wait');
  await actor.step('who');
  const peer = actor.call(`getpeername(${link})`, () => addressText(getpeername(link)));
  const pid = actor.call(`getsockopt(${link}, SO_PEERCRED): pid`, () => peerCredentials(link).pid);
  await actor.step('read');
  const bytes = await actor.call(`read(${link}, buffer, 4)`, async () => [...(await read(link, 4))], 'wait');
  const view = new DataView(Uint8Array.from(bytes).buffer);
  const number = view.getUint32(0, false); // ntohl: network order, the most significant byte first
  await actor.step('write');
  await actor.call(`write(${link}, [${bytes.join(', ')}], 4)`, () => write(link, Uint8Array.from(bytes)));
  await actor.step('close');
  actor.call(`close(${link})`, () => close(link));
  // ---
  close(listening);
  return { own, peer, pid, number, bytes: bytes.join(' '), otherOrder: view.getUint32(0, true) };
};
