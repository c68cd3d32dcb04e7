import { pageBytes } from '../segment/descriptors.ts';
import { AddressSpaceError } from './errors.ts';
import { type Address, libc } from './libc.ts';
import * as posix from './posix.ts';

/** Size up to which unmapping takes less than 0.1 ms. */
const quickBytes = 1 << 20;

const hugePageBytes = 1 << 21;

/** Rounds a size up to whole WebAssembly pages. */
export function wholePages(bytes: number): number {
  return Math.ceil(bytes / pageBytes) * pageBytes;
}

/**
 * A memory object mapped into a SharedArrayBuffer.
 *
 * The engine forbids buffers over foreign memory. But a shared WebAssembly.Memory is page-aligned, and the engine never
 * moves it. The object is mapped over that memory (MAP_SHARED | MAP_FIXED); from then on the buffer *is* the object.
 *
 * Measured cost of a mapping besides its pages: in Electron's browser and utility processes, its own size out of the
 * engine's cage of 1 TiB. Where the engine guards WebAssembly by traps, as in plain Node, it reserves 8 GiB of address
 * space for each mapping, however small: about 16,000 can exist at once (123 in Electron run as Node).
 */
export class Mapping {
  readonly buffer: SharedArrayBuffer;
  readonly bytes: number;
  readonly #address: Address;
  #mapped = true;
  #populating: Promise<boolean> | undefined;

  /**
   * Maps all of `fd`, which must have `bytes` bytes. Writes to a private mapping do not reach the object. Throws
   * AddressSpaceError or PosixError and maps nothing then.
   */
  constructor(fd: number, bytes: number, writable: boolean, sharing: 'shared' | 'private' = 'shared') {
    this.bytes = bytes;
    this.buffer = reserve(bytes);
    this.#address = libc().addressOf(new Uint8Array(this.buffer));
    const protection = posix.PROT_READ | (writable ? posix.PROT_WRITE : 0);
    const kind = sharing === 'shared' ? posix.MAP_SHARED : posix.MAP_PRIVATE;
    posix.mmap(this.#address, bytes, protection, kind | posix.MAP_FIXED, fd);
  }

  /**
   * Fills the page table off the event loop, so that the first access to each page costs nothing. Takes the memory that
   * the object does not have yet. Uses huge pages for a large mapping where the kernel can. Resolves to true if the
   * kernel confirms that all memory is there (Linux 5.14 and later).
   * @param bytes number of bytes to populate, from the start
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
   * Replaces the object with private zero pages and releases the object. Views that are still held stay readable and
   * writable, but see only these pages. The address range is freed when the last view is collected. A small mapping is
   * unmapped at once; for a large one the slow part, emptying the page table, runs off the event loop.
   */
  async unmap(): Promise<void> {
    if (!this.#mapped) return;
    this.#mapped = false;
    const keepAlive = this.buffer;
    if (this.#populating) await this.#populating; // otherwise a pool thread would populate the zero pages
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

/**
 * The part of WebAssembly that this file uses. Node's types lack it, and the DOM's types would add the DOM's globals.
 */
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
 * Reserves address space, aligned for huge pages if possible. In Electron the engine places each memory right after the
 * one before. So if the first memory is not aligned, this function drops it and makes another one after some padding.
 * Throws AddressSpaceError.
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
    return first; // no address space for another one: pages of ordinary size work too, only slower
  }
}

/** Returns the offset of the byte at index `at` within its huge page. */
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
