import { fstatSync } from 'node:fs';
import { close, mapFile, mappingBytes, O_RDWR, open } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { textOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { fileMmap } from './lesson.ts';
import { viewOf } from './mapped-view.ts';

/** Longest wait for the store, ms. Shared memory shows it within microseconds. */
const patienceMs = 300;

export const program: Program<typeof fileMmap> = async (actor) => {
  const file = await toldText(actor, 'file');
  // ---
  await actor.step('open');
  const fd = await actor.call(`open("${file}", O_RDWR)`, () => open(file, O_RDWR));
  const identity = fstatSync(fd);
  await actor.step('mmap');
  const text = `mmap(0, ${mappingBytes}, PROT_READ | PROT_WRITE, MAP_SHARED, ${fd}, 0)`;
  const memory = actor.call(text, () => mapFile(fd, mappingBytes, 'shared'));
  actor.call(`close(${fd})`, () => close(fd));
  actor.tell('mapped', viewOf(memory, identity));
  const before = memory[0];
  await actor.told('stored');
  const lookUntil = actor.nowUs() + patienceMs * 1000;
  await actor.step('look');
  while (memory[0] === before && actor.nowUs() < lookUntil) await actor.turn();
  const seen = actor.call('memory', () => textOf(memory.slice(0, 6)), 'work');
  // ---
  actor.tell('seen', viewOf(memory, identity));
  return { seen };
};
