import { O_CREAT, O_EXCL, O_RDWR, PROT_READ, PROT_WRITE } from '@bulkhead/shared-memory/posix';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { shownCalls } from '../memory-figure.ts';
import type { sharedMemory } from './lesson.ts';

export const program: Program<typeof sharedMemory> = async (actor) => {
  const { size } = actor.parameters;
  const posix = shownCalls(actor, 32);
  const name = v.parse(v.string(), await actor.told('name'));
  const waitFor = (what: string) => actor.call(`wait for "${what}"`, () => actor.told(what), 'wait');
  // ---
  await actor.step('create');
  const fd = posix.shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0o600);
  await actor.step('size');
  posix.ftruncate(fd, size);
  await actor.step('map');
  const ptr = posix.mmap(size, PROT_READ | PROT_WRITE, fd);
  await actor.step('write');
  posix.strcpy(ptr, 'Hello from the creator');
  actor.tell('written', true);
  await actor.step('wait');
  await waitFor('answered');
  await actor.step('read');
  const answer = posix.puts(ptr);
  await actor.step('unlink');
  posix.shm_unlink(name);
  actor.tell('unlinked', true);
  await waitFor('looked');
  await actor.step('unmap');
  posix.munmap(ptr);
  await actor.step('close');
  posix.close(fd);
  // ---
  return { answer };
};
