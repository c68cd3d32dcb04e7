import type { KoffiFunc } from 'koffi';
import { koffi } from '../posix/libc.ts';

/** poll(2) event: the descriptor can be read. */
export const POLLIN = 1;
/** poll(2) event: the other end is closed. */
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
 * Blocks this thread until one of the descriptors can be read or its other end is closed, `timeoutMs` at most. A signal
 * may end the wait early. Nothing else does: to terminate such a thread, write to an event first.
 * @param descriptors negative ones are ignored
 * @param timeoutMs longest wait, ms
 * @returns the poll(2) events of each descriptor
 * @see poll(2)
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
 * Opens an event: a descriptor that can be read after a count (8 bytes, not 0) was written to it (eventfd(2)). It does
 * not block, and processes that this one starts do not inherit it. Returns a negative number if no descriptor is free.
 */
export const openEvent = (): number => calls().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
