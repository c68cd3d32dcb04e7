import { isFree } from '@bulkhead/shared-memory/address-space';
import * as v from 'valibot';
import type { Actor, Cast } from '../../lab/index.ts';

/** Addresses so far apart that no reservation of the JavaScript engine covers two of them. */
const candidates = Array.from({ length: 12 }, (_, index) => 0x1000_0000_0000n + BigInt(index) * 0x800_0000_0000n);

/** Resolves to an address at which nothing is mapped, in this process and in the others that ask. For a process. */
export async function agreeOnAddress(actor: Actor): Promise<bigint> {
  actor.tell('free addresses', candidates.filter(isFree));
  return v.parse(v.bigint(), await actor.told('address'));
}

/** Finds an address that is free in all processes, and tells it to them. For the director. */
export async function chooseAddress(casts: readonly Cast[]): Promise<bigint> {
  const lists = await Promise.all(
    casts.map(async (cast) => v.parse(v.array(v.bigint()), await cast.told('free addresses'))),
  );
  const address = lists[0]?.find((each) => lists.every((list) => list.includes(each)));
  if (address === undefined) throw new Error('there is no address that is free in every process');
  for (const cast of casts) cast.tell('address', address);
  return address;
}

export const hexadecimal = (address: bigint): string => `0x${address.toString(16)}`;
