/** Base class of all errors of this package. */
export class SharedMemoryError extends Error {
  override readonly name: string = 'SharedMemoryError';
}

/** A system call failed. The message names the call and its target, the reason and the remedy. */
export class PosixError extends SharedMemoryError {
  override readonly name = 'PosixError';
  /** Name of the call, such as `shm_open`. */
  readonly call: string;
  /** Symbolic errno such as `ENOENT`, or `errno 123` if it has no name here. */
  readonly code: string;
  /** Target of the call: a name, a path or `fd 12`. */
  readonly target: string;

  constructor(call: string, target: string, code: string, explanation: string) {
    super(`${call}(${target}): ${code}: ${explanation}`);
    this.call = call;
    this.code = code;
    this.target = target;
  }
}

/** There is not enough memory. `create` throws this, so that it does not become a SIGBUS later. */
export class NoSpaceError extends SharedMemoryError {
  override readonly name = 'NoSpaceError';
  readonly bytesAsked: number;
  readonly bytesFree: number;

  constructor(where: string, bytesAsked: number, bytesFree: number) {
    super(
      `no room for ${bytesAsked} bytes of shared memory in ${where}: ${bytesFree} bytes are free. ` +
        'Free some, ask for smaller buffers, or enlarge it (a container: --shm-size or the memory limit).',
    );
    this.bytesAsked = bytesAsked;
    this.bytesFree = bytesFree;
  }
}

/** The JavaScript engine has no address range left for a segment: too many are live at once. */
export class AddressSpaceError extends SharedMemoryError {
  override readonly name = 'AddressSpaceError';

  constructor(bytes: number, options?: ErrorOptions) {
    super(
      `no address range for a segment of ${bytes} bytes: too many are live at once. ` +
        'Detach what is not needed, and allocate buffers in an arena instead of a segment each.',
      options,
    );
  }
}

/**
 * The called object is closed, destroyed, detached or unlinked. Nothing was read or written, because its memory may
 * belong to another buffer now.
 */
export class ClosedMemoryError extends SharedMemoryError {
  override readonly name = 'ClosedMemoryError';

  /** `what`: the object and its state, such as `buffer "tab 7" is closed`. */
  constructor(what: string) {
    super(`${what}: it can no longer be used`);
  }
}

export type AttachFault =
  | 'gone'
  | 'wrong-magic'
  | 'wrong-version'
  | 'wrong-size'
  | 'wrong-generation'
  | 'wrong-identity'
  | 'not-sealed';

/** The object that was found does not match its descriptor. Nothing stays mapped. */
export class AttachError extends SharedMemoryError {
  override readonly name = 'AttachError';
  readonly fault: AttachFault;

  constructor(fault: AttachFault, target: string, explanation: string, options?: ErrorOptions) {
    super(`cannot attach ${target}: ${explanation}`, options);
    this.fault = fault;
  }
}

/** The arena has no free piece of that size, and `grow` was not called or is no longer possible. */
export class ArenaFullError extends SharedMemoryError {
  override readonly name = 'ArenaFullError';
  readonly bytesAsked: number;
  readonly bytesFree: number;

  constructor(arena: string, bytesAsked: number, bytesFree: number, remedy: string) {
    super(`arena "${arena}" has no free stretch of ${bytesAsked} bytes (${bytesFree} free in all). ${remedy}`);
    this.bytesAsked = bytesAsked;
    this.bytesFree = bytesFree;
  }
}

/** This platform has no shared memory that JavaScript can map. See `capabilities()`. */
export class UnsupportedPlatformError extends SharedMemoryError {
  override readonly name = 'UnsupportedPlatformError';

  constructor(reason: string, options?: ErrorOptions) {
    const because = options?.cause instanceof Error ? ` (${options.cause.message})` : '';
    const remedy = 'The same interfaces run over ports and copy: see PortFrameWriter.';
    super(`no shared memory here: ${reason}${because}. ${remedy}`, options);
  }
}
