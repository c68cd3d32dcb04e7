import * as posix from '@bulkhead/shared-memory/posix';
import type { Actor } from '../../lab/index.ts';

const openFlags = { O_CREAT: posix.O_CREAT, O_EXCL: posix.O_EXCL, O_RDWR: posix.O_RDWR };
const protections = { PROT_READ: posix.PROT_READ, PROT_WRITE: posix.PROT_WRITE };
const seals = {
  F_SEAL_SHRINK: posix.F_SEAL_SHRINK,
  F_SEAL_GROW: posix.F_SEAL_GROW,
  F_SEAL_FUTURE_WRITE: posix.F_SEAL_FUTURE_WRITE,
};

/** The chapter's calls. Each is recorded with its arguments and its result. */
export class PosixCalls {
  readonly #actor: Actor;
  readonly #mappings = new Map<Uint8Array, posix.RawMapping>();
  /** Called for each new mapping. */
  readonly #onMap: ((memory: Uint8Array) => void) | undefined;
  /** Called after each call, and after each read or write of the memory. */
  onUse: () => void = () => undefined;

  constructor(actor: Actor, onMap?: (memory: Uint8Array) => void) {
    this.#actor = actor;
    this.#onMap = onMap;
  }

  shm_open(name: string, flags: number, mode: number): number {
    const text = `shm_open("${name}", ${named(openFlags, flags, 'O_RDONLY')}, ${mode === 0 ? '0' : `0${mode.toString(8)}`})`;
    return this.#call(text, () => posix.shm_open(name, flags, mode));
  }

  shm_unlink(name: string): void {
    this.#call(`shm_unlink("${name}")`, () => zero(posix.shm_unlink(name)));
  }

  memfd_create(label: string): number {
    const flags = posix.MFD_CLOEXEC | posix.MFD_ALLOW_SEALING;
    return this.#call(`memfd_create("${label}", MFD_CLOEXEC | MFD_ALLOW_SEALING)`, () =>
      posix.memfd_create(label, flags),
    );
  }

  addSeals(fd: number, flags: number): void {
    this.#call(`fcntl(${fd}, F_ADD_SEALS, ${named(seals, flags, '0')})`, () =>
      posix.fcntl(fd, posix.F_ADD_SEALS, flags),
    );
  }

  open(path: string, flags: number): number {
    return this.#call(`open("${path}", ${named(openFlags, flags, 'O_RDONLY')})`, () => posix.open(path, flags));
  }

  ftruncate(fd: number, bytes: number): void {
    this.#call(`ftruncate(${fd}, ${bytes})`, () => zero(posix.ftruncate(fd, bytes)));
  }

  /** Maps `bytes` of the object into this process, shared. Returns the object's memory itself. */
  mmap(bytes: number, protection: number, fd: number): Uint8Array<SharedArrayBuffer> {
    const mapping = new posix.RawMapping(bytes);
    const how = named(protections, protection, 'PROT_NONE');
    const address = hexadecimal(mapping.address);
    this.#call(`mmap(${address}, ${bytes}, ${how}, MAP_SHARED | MAP_FIXED, ${fd}, 0)`, () => {
      mapping.map(fd, protection);
      return address;
    });
    this.#mappings.set(mapping.bytes, mapping);
    this.#onMap?.(mapping.bytes);
    return mapping.bytes;
  }

  mprotect(memory: Uint8Array, protection: number): void {
    const how = named(protections, protection, 'PROT_NONE');
    this.#call(`mprotect(${this.addressOf(memory)}, ${memory.byteLength}, ${how})`, () =>
      zero(this.#mapping(memory).protect(protection)),
    );
  }

  munmap(memory: Uint8Array): void {
    const mapping = this.#mapping(memory);
    this.#mappings.delete(memory);
    this.#call(`munmap(${hexadecimal(mapping.address)}, ${memory.byteLength})`, () => zero(mapping.unmap()));
  }

  /** Stores a text at the start of the memory, with a zero at its end, as in C. */
  strcpy(memory: Uint8Array, text: string): void {
    const store = () => memory.set(new TextEncoder().encode(`${text}\0`));
    this.#actor.call(`strcpy(ptr, ${JSON.stringify(text)})`, store, 'work');
    this.onUse();
  }

  /** Reads the text at the start of the memory. */
  puts(memory: Uint8Array): string {
    const load = () => {
      const end = memory.indexOf(0);
      // A decoder refuses shared memory, because its content could change.
      return new TextDecoder().decode(new Uint8Array(memory.subarray(0, end < 0 ? memory.length : end)));
    };
    const text = this.#actor.call('puts(ptr)', load, 'work');
    this.onUse();
    return text;
  }

  close(fd: number): void {
    this.#call(`close(${fd})`, () => zero(posix.close(fd)));
  }

  /** Returns the address of the memory in this process. */
  addressOf(memory: Uint8Array): string {
    return hexadecimal(this.#mapping(memory).address);
  }

  isMapped(memory: Uint8Array): boolean {
    return this.#mappings.has(memory);
  }

  /** Records the call as in C: its result, or -1 and the name of the error. */
  #call<Result extends number | string>(text: string, work: () => Result): Result {
    const startUs = this.#actor.nowUs();
    const record = (result: string) =>
      this.#actor.record({ kind: 'call', text, result, values: {}, startUs, endUs: this.#actor.nowUs(), to: null });
    try {
      const result = work();
      record(String(result));
      this.onUse();
      return result;
    } catch (error) {
      record(`-1 (${errorCode(error) ?? String(error)})`);
      throw error;
    }
  }

  #mapping(memory: Uint8Array): posix.RawMapping {
    const mapping = this.#mappings.get(memory);
    if (!mapping) throw new Error('nothing is mapped there');
    return mapping;
  }
}

/** Returns the name of a call's system error (`ENOENT`), or undefined if the call succeeded. Rethrows other errors. */
export function refusal(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code;
  }
}

function errorCode(error: unknown): string | undefined {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'PosixError' && typeof code === 'string' ? code : undefined;
}

const hexadecimal = (address: number | bigint): string => `0x${address.toString(16)}`;
/** Result of a successful call. */
const zero = (_done: unknown): number => 0;

function named(flags: Readonly<Record<string, number>>, value: number, none: string): string {
  const names = Object.entries(flags).filter(([, flag]) => (value & flag) === flag);
  return names.map(([name]) => name).join(' | ') || none;
}
