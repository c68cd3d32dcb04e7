import { type Address, libc } from './libc.ts';
import { reserve, wholePages } from './mapping.ts';
import * as posix from './posix.ts';

/**
 * A range of addresses that JavaScript can read and write. A caller maps objects there and unmaps them call by call, as
 * in the textbook. Only for the lessons: the kernel ends a process (SIGSEGV) that accesses the range while nothing is
 * mapped, or that writes to a read-only mapping. Use a Segment elsewhere.
 */
export class RawMapping {
  /** View of the whole range. `map` and `unmap` change the memory under it. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly address: Address;

  /**
   * Reserves `size` bytes of address space.
   * @param size bytes
   * @throws AddressSpaceError
   */
  constructor(size: number) {
    this.bytes = new Uint8Array(reserve(wholePages(size)), 0, size);
    this.address = libc().addressOf(this.bytes);
  }

  /**
   * Calls mmap(address, size, protection, MAP_SHARED | MAP_FIXED, fd, 0).
   * @param fd object to map
   * @param protection `PROT_READ`, `PROT_WRITE` or both
   * @throws PosixError; nothing has changed then
   * @see mmap(2)
   */
  map(fd: number, protection: number): void {
    const flags = posix.MAP_SHARED | posix.MAP_FIXED;
    posix.mmap(this.address, this.bytes.byteLength, protection, flags, fd);
  }

  /**
   * Calls mprotect(address, size, protection).
   * @param protection `PROT_NONE`, or `PROT_READ`, `PROT_WRITE` or both
   * @throws PosixError
   * @see mprotect(2)
   */
  protect(protection: number): void {
    posix.mprotect(this.address, this.bytes.byteLength, protection);
  }

  /** Calls munmap(address, size) and reserves the range again, because the engine believes that it owns the range. */
  unmap(): void {
    posix.munmap(this.address, this.bytes.byteLength);
    const flags = posix.MAP_PRIVATE | posix.MAP_ANONYMOUS | posix.MAP_FIXED | posix.MAP_NORESERVE;
    posix.mmap(this.address, this.bytes.byteLength, posix.PROT_NONE, flags, -1);
  }
}
