import { type Address, libc } from './libc.ts';
import { reserve, wholePages } from './mapping.ts';
import * as posix from './posix.ts';

/**
 * A range of addresses that JavaScript can read and write, to map objects over and to unmap again call by call, as the
 * textbook has it. For the lessons: whoever touches it while nothing is mapped there, or writes where only reading is
 * mapped, is ended by the system (SIGSEGV). Everybody else takes a Segment.
 */
export class RawMapping {
  /** As long as what is mapped. The memory under it changes with `map` and `unmap`. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly address: Address;

  /** Sets `size` bytes of address space aside. Throws AddressSpaceError. */
  constructor(size: number) {
    this.bytes = new Uint8Array(reserve(wholePages(size)), 0, size);
    this.address = libc().addressOf(this.bytes);
  }

  /** mmap(address, size, protection, MAP_SHARED | MAP_FIXED, fd, 0). Throws PosixError; nothing has changed then. */
  map(fd: number, protection: number): void {
    const flags = posix.MAP_SHARED | posix.MAP_FIXED;
    posix.mmap(this.address, this.bytes.byteLength, protection, flags, fd);
  }

  /** mprotect(address, size, protection). Throws PosixError. */
  protect(protection: number): void {
    posix.mprotect(this.address, this.bytes.byteLength, protection);
  }

  /** munmap(address, size), after which the range is set aside again: the engine believes it to be its own. */
  unmap(): void {
    posix.munmap(this.address, this.bytes.byteLength);
    const flags = posix.MAP_PRIVATE | posix.MAP_ANONYMOUS | posix.MAP_FIXED | posix.MAP_NORESERVE;
    posix.mmap(this.address, this.bytes.byteLength, posix.PROT_NONE, flags, -1);
  }
}
