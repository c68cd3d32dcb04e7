import { close, O_RDONLY, open, read } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { descriptorLine } from '../connection-figure.ts';
import { textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { fifo } from './lesson.ts';

export const program: Program<typeof fifo> = async (actor) => {
  const { readerMs } = actor.parameters;
  const name = await toldText(actor, 'name');
  // ---
  await actor.step('work');
  await actor.call('work()', () => actor.sleep(readerMs), 'work');
  await actor.step('open');
  const cameUs = actor.nowUs();
  const end = await actor.call(`open("${name}", O_RDONLY)`, () => open(name, O_RDONLY));
  actor.tell('open', descriptorLine(end));
  await actor.step('read');
  const text = await actor.call(`read(${end}, buffer, 4096)`, async () => textOf(await read(end, 4096)), 'wait');
  const readUs = actor.nowUs();
  await actor.step('end');
  const rest = await actor.call(`read(${end}, buffer, 4096)`, async () => (await read(end, 4096)).length, 'wait');
  actor.call(`close(${end})`, () => close(end));
  // ---
  return { cameUs, readUs, text, rest };
};
