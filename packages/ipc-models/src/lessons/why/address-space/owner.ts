import { loadInt, mapPrivatePage, setDumpable, storeInt } from '@bulkhead/shared-memory/address-space';
import type { Program } from '../../../lab/index.ts';
import { agreeOnAddress, hexadecimal } from '../same-address.ts';
import type { addressSpace } from './lesson.ts';
import { showMemory } from './show-memory.ts';

export const program: Program<typeof addressSpace> = async (actor) => {
  const { ownerValue } = actor.parameters;
  const address = await agreeOnAddress(actor);
  actor.call(`mmap(${hexadecimal(address)}, 4096, …, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)`, () =>
    mapPrivatePage(address),
  );
  // ---
  await actor.step('store');
  actor.call(`variable = ${ownerValue}`, () => storeInt(address, ownerValue));
  await actor.step('give');
  actor.call(`send(reader, &variable)`, () => actor.tell('address of variable', address));
  // ---
  showMemory(actor, address);
  await actor.told('refuse');
  actor.call('prctl(PR_SET_DUMPABLE, 0)', () => setDumpable(false));
  actor.tell('refuses', true);
  await actor.told('end');
  return { value: loadInt(address) };
};
