import { loadInt, mapPrivatePage, storeInt } from '@bulkhead/shared-memory/address-space';
import type { Program } from '../../../lab/index.ts';
import { agreeOnAddress, hexadecimal } from '../same-address.ts';
import type { threadsShare } from './lesson.ts';

export const program: Program<typeof threadsShare> = async (actor) => {
  const { firstValue, processValue } = actor.parameters;
  const address = await agreeOnAddress(actor);
  mapPrivatePage(address);
  storeInt(address, firstValue); // the value after a fork()
  await actor.told('go');
  // ---
  await actor.step('read');
  const seen = actor.call(`variable (${hexadecimal(address)})`, () => loadInt(address));
  await actor.step('store');
  actor.call(`variable = ${processValue}`, () => storeInt(address, processValue));
  // ---
  return { seen, now: loadInt(address) };
};
