import { fstatSync } from 'node:fs';
import { close, mapFile, mappingBytes, O_RDWR, open } from '@bulkhead/shared-memory/system-calls';
import type { Program } from '../../../lab/index.ts';
import { bytesOf } from '../text.ts';
import { toldText } from '../told.ts';
import type { fileMmap } from './lesson.ts';
import { viewOf } from './mapped-view.ts';

export const program: Program<typeof fileMmap> = async (actor) => {
  const { sharing } = actor.parameters;
  const file = await toldText(actor, 'file');
  const flag = `MAP_${sharing.toUpperCase()}`;
  // ---
  await actor.step('open');
  const fd = await actor.call(`open("${file}", O_RDWR)`, () => open(file, O_RDWR));
  const identity = fstatSync(fd);
  await actor.step('mmap');
  const text = `mmap(0, ${mappingBytes}, PROT_READ | PROT_WRITE, ${flag}, ${fd}, 0)`;
  const memory = actor.call(text, () => mapFile(fd, mappingBytes, sharing));
  await actor.step('close');
  actor.call(`close(${fd})`, () => close(fd));
  actor.tell('mapped', viewOf(memory, identity));
  await actor.told('both mapped');
  await actor.step('store');
  const storedUs = actor.nowUs();
  actor.call('memory = "STORED"', () => memory.set(bytesOf('STORED')), 'work');
  // ---
  actor.tell('stored', viewOf(memory, identity));
  return { storedUs };
};
