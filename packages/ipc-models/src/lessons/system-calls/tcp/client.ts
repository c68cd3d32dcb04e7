import { AF_INET, connect, getsockname, read, SOCK_STREAM, socket, write } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { toldText } from '../told.ts';
import { addressText } from './address-text.ts';
import type { tcp } from './lesson.ts';

export const program: Program<typeof tcp> = async (actor) => {
  const { number } = actor.parameters;
  const told = await toldText(actor, 'address');
  const [host = '', port] = told.split(':');
  const address = { host, port: Number(port) };
  const bytes = new Uint8Array(4);
  // ---
  await actor.step('socket');
  const link = actor.call('socket(AF_INET, SOCK_STREAM, 0)', () => socket(AF_INET, SOCK_STREAM));
  await actor.step('connect');
  await actor.call(`connect(${link}, ${told})`, () => connect(link, address));
  const own = actor.call(`getsockname(${link})`, () => addressText(getsockname(link)));
  await actor.step('order');
  new DataView(bytes.buffer).setUint32(0, number, false); // htonl
  await actor.step('write');
  await actor.call(`write(${link}, [${bytes.join(', ')}], 4)`, () => write(link, bytes));
  await actor.step('read');
  const back = await actor.call(`read(${link}, buffer, 4)`, async () => [...(await read(link, 4))], 'wait');
  await actor.step('end');
  const rest = await actor.call(`read(${link}, buffer, 4)`, async () => (await read(link, 4)).length, 'wait');
  // ---
  return { own, back: back.join(' '), rest };
};
