import { pageBytes } from './descriptors.ts';
import { AddressSpaceError } from './errors.ts';
import { type Address, libc } from './libc.ts';
import * as posix from './posix.ts';

/** Up to here it takes less than a tenth of a millisecond to unmap. */
const quickBytes = 1 << 20;

const hugePageBytes = 1 << 21;

/** Rounds a size up to whole WebAssembly pages. */
export function wholePages(bytes: number): number {
  return Math.ceil(bytes / pageBytes) * pageBytes;
}

/**
 * A memory object placed under a SharedArrayBuffer.
 *
 * The engine forbids buffers over foreign memory, but a shared WebAssembly.Memory is page-aligned memory that it never
 * moves: the object is mapped right over it (MAP_SHARED | MAP_FIXED), and from then on the buffer *is* the object.
 *
 * What a mapping costs beyond its pages, measured: in Electron's browser and utility processes its own size out of the
 * engine's cage of 1 TiB. Where the engine guards WebAssembly by traps, as plain Node does, it reserves 8 GiB of address
 * space for each, however small: some 16,000 can live at once (123 in Electron run as Node).
 */
export class Mapping {
  readonly buffer: SharedArrayBuffer;
  readonly bytes: number;
  readonly #address: Address;
  #mapped = true;
  #populating: Promise<boolean> | undefined;

  /** Maps all of `fd`, which must hold `bytes` bytes; what is stored in a private one stays there. Throws AddressSpaceError or PosixError; maps nothing then. */
  constructor(fd: number, bytes: number, writable: boolean, sharing: 'shared' | 'private' = 'shared') {
    this.bytes = bytes;
    this.buffer = reserve(bytes);
    this.#address = libc().addressOf(new Uint8Array(this.buffer));
    const protection = posix.PROT_READ | (writable ? posix.PROT_WRITE : 0);
    const kind = sharing === 'shared' ? posix.MAP_SHARED : posix.MAP_PRIVATE;
    posix.mmap(this.#address, bytes, protection, kind | posix.MAP_FIXED, fd);
  }

  /**
   * Fills the page table off the event loop, so that the first touch of each page costs nothing, and makes its pages
   * huge where they are many and the kernel can. Memory that the object does not have yet is taken. Resolves to whether
   * all of it is there, as far as the kernel tells (Linux 5.14 and later).
   * @param bytes only so many from the beginning
   */
  async populate(bytes = this.bytes): Promise<boolean> {
    this.#populating = this.#populate(bytes);
    try {
      return await this.#populating;
    } finally {
      this.#populating = undefined;
    }
  }

  /**
   * Puts private zero pages where the object was. Views that somebody kept go on being readable and writable, and see
   * nobody else's memory; the object itself is let go. The address range returns when the last view is collected.
   * At once for little; for more the slow part of it, emptying the page table, goes on off the event loop.
   */
  async unmap(): Promise<void> {
    if (!this.#mapped) return;
    this.#mapped = false;
    const keepAlive = this.buffer;
    if (this.#populating) await this.#populating; // what a pool thread still fills would be the zero pages
    if (keepAlive.byteLength > quickBytes) await posix.depopulate(this.#address, keepAlive.byteLength);
    const flags = posix.MAP_PRIVATE | posix.MAP_ANONYMOUS | posix.MAP_FIXED | posix.MAP_NORESERVE;
    posix.mmap(this.#address, this.bytes, posix.PROT_READ | posix.PROT_WRITE, flags, -1);
  }

  async #populate(bytes: number): Promise<boolean> {
    const keepAlive = this.buffer; // the engine must not free the range while a pool thread works on it
    const isThere = await posix.populate(this.#address, Math.min(bytes, keepAlive.byteLength));
    if (isThere && bytes >= hugePageBytes && this.#mapped) await posix.gather(this.#address, bytes);
    return isThere && this.#mapped;
  }
}

/** All that is used of WebAssembly: Node's types leave it out, and a page's types bring a page's globals with them. */
interface WithWebAssembly {
  readonly WebAssembly: {
    readonly Memory: new (descriptor: {
      initial: number;
      maximum: number;
      shared: true;
    }) => {
      readonly buffer: SharedArrayBuffer;
    };
  };
}

/**
 * Address space of so many bytes, beginning where huge pages can, if that can be had. In Electron the engine puts one
 * memory right behind the other: one that begins amiss is let go, and another made behind some padding. Throws
 * AddressSpaceError.
 */
export function reserve(bytes: number): SharedArrayBuffer {
  const first = newMemory(bytes);
  const offset = offsetInHugePage(first);
  if (bytes < hugePageBytes || offset === 0) return first;
  try {
    const padding = hugePageBytes - offsetInHugePage(first, bytes);
    if (padding < hugePageBytes) newMemory(padding);
    const second = newMemory(bytes);
    return offsetInHugePage(second) === 0 ? second : first;
  } catch {
    return first; // there is no room for another: pages of ordinary size do as well, only slower
  }
}

/** Where a byte of it lies in its huge page; the first one, unless said otherwise. */
function offsetInHugePage(buffer: SharedArrayBuffer, at = 0): number {
  return Number((libc().addressOf(new Uint8Array(buffer)) + BigInt(at)) % BigInt(hugePageBytes));
}

function newMemory(bytes: number): SharedArrayBuffer {
  const { WebAssembly } = globalThis as unknown as WithWebAssembly;
  const pages = bytes / pageBytes;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
  } catch (cause) {
    throw new AddressSpaceError(bytes, { cause });
  }
}
