import { O_RDWR, PROT_READ, PROT_WRITE } from '@bulkhead/shared-memory/posix';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { shownCalls } from '../memory-figure.ts';
import { refusal } from '../posix-calls.ts';
import type { sharedMemory } from './lesson.ts';

export const program: Program<typeof sharedMemory> = async (actor) => {
  const { size } = actor.parameters;
  const posix = shownCalls(actor, 32);
  const name = v.parse(v.string(), await actor.told('name'));
  const waitFor = (what: string) => actor.call(`wait for "${what}"`, () => actor.told(what), 'wait');
  await waitFor('written');
  // ---
  await actor.step('attach');
  const fd = posix.shm_open(name, O_RDWR, 0);
  await actor.step('map');
  const ptr = posix.mmap(size, PROT_READ | PROT_WRITE, fd);
  await actor.step('close');
  posix.close(fd); // the mapping stays
  await actor.step('read');
  const greeting = posix.puts(ptr);
  await actor.step('write');
  posix.strcpy(ptr, 'Hello back');
  actor.tell('answered', true);
  await waitFor('unlinked');
  await actor.step('again');
  const refused = refusal(() => posix.shm_open(name, O_RDWR, 0));
  await actor.step('still');
  const still = posix.puts(ptr);
  actor.tell('looked', true);
  await actor.step('unmap');
  posix.munmap(ptr);
  // ---
  return { greeting, still, refused: refused ?? '' };
};
