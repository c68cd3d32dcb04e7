import { capabilities } from './capabilities.ts';
import { koffi } from './libc.ts';

/**
 * Makes the kernel end this process (SIGALRM) if it still runs after a time, whatever its threads wait for. Another call
 * sets another time. Does nothing on systems other than Linux, and where the C library cannot be called.
 * @param seconds from now on, a whole number; 0 takes the time back
 * @see alarm(2)
 */
export function endWithin(seconds: number): void {
  if (!capabilities().sharedMemory) return; // without the C library
  koffi().load('libc.so.6').func('uint alarm(uint seconds)')(seconds);
}
