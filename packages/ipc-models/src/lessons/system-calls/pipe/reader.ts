import { close, O_RDONLY, open, read } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { descriptorLine } from '../connection-figure.ts';
import { textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { pipe as lesson } from './lesson.ts';

const bufferBytes = 4096;

export const program: Program<typeof lesson> = async (actor) => {
  const { readerMs } = actor.parameters;
  let [rest, reads] = [0, 0];
  // ---
  await actor.step('open');
  const path = await toldText(actor, 'path');
  const end = await actor.call(`open("${path}", O_RDONLY)`, () => open(path, O_RDONLY));
  actor.tell('opened', descriptorLine(end));
  await actor.told('written');
  await actor.step('read');
  const first = await actor.call(`read(${end}, buffer, 4096)`, async () => textOf(await read(end, bufferBytes)));
  actor.tell('first', first);
  await actor.step('work');
  await actor.call('work()', () => actor.sleep(readerMs), 'work');
  const backUs = actor.nowUs();
  while (true) {
    await actor.step('drain');
    const taken = await read(end, bufferBytes);
    if (taken.length === 0) break;
    rest += taken.length;
    reads += 1;
  }
  await actor.step('end');
  actor.note('end', { reads, rest });
  actor.call(`close(${end})`, () => close(end));
  // ---
  return { first, backUs, rest };
};
