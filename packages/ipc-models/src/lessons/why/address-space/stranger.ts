import { loadInt } from '@bulkhead/shared-memory/address-space';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { hexadecimal } from '../same-address.ts';
import type { addressSpace } from './lesson.ts';

export const program: Program<typeof addressSpace> = async (actor) => {
  // ---
  await actor.step('receive');
  const address = v.parse(v.bigint(), await actor.told('pointer')); // it has mapped nothing there
  // ---
  actor.note('touch', { address: hexadecimal(address) });
  await actor.flush();
  await actor.sleep(20); // sends the recorded events before the process dies
  // ---
  await actor.step('read');
  const value = loadInt(address);
  // ---
  return { value };
};
