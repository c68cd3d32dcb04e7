import type { AllowedCalls } from './allowed-calls.ts';
import type { LandlockRules } from './landlock.ts';

/**
 * A need that a process may declare besides the plain calls. `system-calls`: all calls except the denied ones
 * (denied-calls.ts), system libraries, and a folder. `peers`: signals, descriptors or memory of other processes, or
 * message queues; Landlock has no rule for these. `watching`: to watch the calls and the memory of another process.
 */
export type ConfinementNeed = 'network' | 'system-calls' | 'peers' | 'watching';

const addressFamilies = [2, 10]; // AF_INET, AF_INET6
/** Mask for the type of a socket; the other bits are flags. */
const typeMask = 0xf;
const SOCK_STREAM = 1;

/** For each need: the calls that it adds to the plain calls, and the access that it keeps under Landlock. */
export const needs: Readonly<Record<'network', { calls: AllowedCalls; landlock: LandlockRules }>> = {
  network: {
    landlock: { network: true },
    calls: {
      socket: {
        numbers: [41, 198],
        why: 'a TCP connection',
        only: [
          [
            { argument: 0, oneOf: addressFamilies },
            { argument: 1, mask: typeMask, oneOf: [SOCK_STREAM] },
          ],
        ],
      },
      bind: { numbers: [49, 200], why: 'the address of a server' },
      listen: { numbers: [50, 201], why: 'a server waits for clients' },
      accept4: { numbers: [288, 242], why: 'accepts a client' },
      connect: { numbers: [42, 203], why: 'a client calls its server' },
      setsockopt: { numbers: [54, 208], why: 'libuv reuses a port, and sends small data without delay' },
      getpeername: { numbers: [52, 205], why: 'the address of the other end' },
    },
  },
};
