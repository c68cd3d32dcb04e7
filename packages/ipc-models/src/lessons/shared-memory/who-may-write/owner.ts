import { F_SEAL_FUTURE_WRITE, F_SEAL_GROW, F_SEAL_SHRINK, PROT_READ, PROT_WRITE } from '@bulkhead/shared-memory/posix';
import type { Program } from '../../../lab/index.ts';
import { shownCalls } from '../memory-figure.ts';
import type { whoMayWrite } from './lesson.ts';

const SIZE = 4096;

export const program: Program<typeof whoMayWrite> = async (actor) => {
  const { access } = actor.parameters;
  const posix = shownCalls(actor, 32);
  const waitFor = (what: string) => actor.call(`wait for "${what}"`, () => actor.told(what), 'wait');
  // ---
  await actor.step('create');
  const fd = posix.memfd_create('who-may-write');
  posix.ftruncate(fd, SIZE);
  await actor.step('map');
  const ptr = posix.mmap(SIZE, PROT_READ | PROT_WRITE, fd);
  await actor.step('seal');
  const futureWrite = access === 'read-only' ? F_SEAL_FUTURE_WRITE : 0;
  posix.addSeals(fd, F_SEAL_SHRINK | F_SEAL_GROW | futureWrite);
  await actor.step('write');
  posix.strcpy(ptr, 'Written by the owner');
  actor.tell('object', `/proc/${actor.pid}/fd/${fd}`);
  await actor.step('wait');
  await waitFor('attached');
  await actor.step('more');
  posix.strcpy(ptr, 'The owner goes on writing');
  actor.tell('more', true);
  await waitFor('tried');
  await actor.step('read');
  const found = posix.puts(ptr);
  // ---
  return { found };
};
