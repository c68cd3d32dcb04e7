import { Mapping } from '../posix/mapping.ts';
import { pageBytes } from '../segment/descriptors.ts';
import { addressOf } from './bind.ts';

/** Smallest mapping, bytes. Every size is a multiple of it. */
export const mappingBytes = pageBytes;

/**
 * Maps an open file from its start. The file is unmapped when the returned array is collected.
 * @param fd file descriptor
 * @param bytes a multiple of `mappingBytes`; the file must be that long
 * @param sharing `private`: writes stay in this process
 * @returns the bytes of the file
 * @see mmap(2)
 */
export function mapFile(fd: number, bytes: number, sharing: 'shared' | 'private'): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new Mapping(fd, bytes, true, sharing).buffer);
}

/** Returns the address of the bytes in this process, hexadecimal. */
export const mappedAt = (bytes: Uint8Array<SharedArrayBuffer>): string => `0x${addressOf(bytes).toString(16)}`;
