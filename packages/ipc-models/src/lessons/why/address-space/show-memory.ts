import { loadBytes } from '@bulkhead/shared-memory/address-space';
import type { Actor } from '../../../lab/index.ts';
import { ownLandmarks } from '../memory-map.ts';
import { hexadecimal } from '../same-address.ts';

/** Tells the director what this process has in its address space: landmarks of its map, and the bytes of the variable. */
export function showMemory(actor: Actor, address: bigint): void {
  actor.tell('memory', {
    address: hexadecimal(address),
    bytes: [...loadBytes(address, 16)],
    map: ownLandmarks(address),
  });
}
