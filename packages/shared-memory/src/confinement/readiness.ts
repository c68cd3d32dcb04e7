import type { KoffiFunc } from 'koffi';
import { koffi } from '../libc.ts';

/** What a descriptor is ready for, as bits. */
export const POLLIN = 1;
/** Nobody is at the other end any more. */
export const POLLHUP = 0x10;
const EFD_CLOEXEC = 0o2000000;
const EFD_NONBLOCK = 0o4000;
/** struct pollfd { i32 fd; i16 wanted; i16 ready } */
const waitBytes = 8;

interface Calls {
  readonly poll: KoffiFunc<(waits: Uint8Array, count: number, timeoutMs: number) => number>;
  readonly eventfd: KoffiFunc<(initial: number, flags: number) => number>;
}

let bound: Calls | undefined;

function calls(): Calls {
  if (bound) return bound;
  const library = koffi().load('libc.so.6');
  bound = {
    poll: library.func('int poll(uint8_t *waits, unsigned long count, int timeoutMs)') as Calls['poll'],
    eventfd: library.func('int eventfd(unsigned int initial, int flags)') as Calls['eventfd'],
  };
  return bound;
}

/**
 * Blocks this thread until one of the descriptors can be read or has nobody at its other end, and for `timeoutMs` at most.
 * A signal may end the wait early, and nothing else does: who has to end such a thread writes to an event first.
 * @param descriptors those below 0 count for nothing
 * @returns for each the bits of what it is ready for
 */
export function waitForAny(descriptors: readonly number[], timeoutMs: number): number[] {
  const waits = new Uint8Array(waitBytes * descriptors.length);
  const view = new DataView(waits.buffer);
  for (const [index, descriptor] of descriptors.entries()) {
    view.setInt32(waitBytes * index, descriptor, true);
    view.setInt16(waitBytes * index + 4, POLLIN, true);
  }
  const ready = calls().poll(waits, descriptors.length, Math.ceil(timeoutMs)) > 0;
  return descriptors.map((_, index) => (ready ? view.getInt16(waitBytes * index + 6, true) : 0));
}

/**
 * A descriptor that can be read once something was written to it: a count of 8 bytes, not 0. It does not go on to processes
 * that this one starts, and blocks nobody who reads or writes it. Below 0 when no descriptor is left.
 */
export const openEvent = (): number => calls().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
