import { pageBytes } from '../descriptors.ts';
import { Mapping } from '../mapping.ts';
import { addressOf } from './bind.ts';

/** The least that can be mapped here, and what sizes are multiples of. */
export const mappingBytes = pageBytes;

/**
 * Maps an open file from its beginning: what `mmap` gives, as bytes. `bytes` is a multiple of `mappingBytes`, and the
 * file is that long. Private: what is stored stays in this process. Unmapped when nobody has the bytes any more.
 */
export function mapFile(fd: number, bytes: number, sharing: 'shared' | 'private'): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new Mapping(fd, bytes, true, sharing).buffer);
}

/** Where the bytes are in this process, hexadecimal. */
export const mappedAt = (bytes: Uint8Array<SharedArrayBuffer>): string => `0x${addressOf(bytes).toString(16)}`;
