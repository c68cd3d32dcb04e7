import { loadBytes } from '@bulkhead/shared-memory/address-space';
import type { Actor } from '../../../lab/index.ts';
import { ownLandmarks } from '../memory-map.ts';
import { hexadecimal } from '../same-address.ts';

/** Tells the director the landmarks of this process's memory map, and the bytes of the variable. */
export function showMemory(actor: Actor, address: bigint): void {
  actor.tell('memory', {
    address: hexadecimal(address),
    bytes: [...loadBytes(address, 16)],
    map: ownLandmarks(address),
  });
}
