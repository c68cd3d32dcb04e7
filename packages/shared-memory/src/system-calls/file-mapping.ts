import { pageBytes } from '../descriptors.ts';
import { Mapping } from '../mapping.ts';
import { addressOf } from './bind.ts';

/** Smallest mapping, bytes. Every size is a multiple of it. */
export const mappingBytes = pageBytes;

/**
 * Maps an open file from its start and returns it as bytes. `bytes` is a multiple of `mappingBytes`, and the file must
 * be that long. `private`: writes stay in this process. The file is unmapped when the returned array is collected.
 */
export function mapFile(fd: number, bytes: number, sharing: 'shared' | 'private'): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new Mapping(fd, bytes, true, sharing).buffer);
}

/** Returns the address of the bytes in this process, hexadecimal. */
export const mappedAt = (bytes: Uint8Array<SharedArrayBuffer>): string => `0x${addressOf(bytes).toString(16)}`;
