import { call, contract, port, push } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

export const processName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/**
 * Processes get links to each other through this contract. The browser serves it; it makes every link and sees none of
 * the messages. Plugins and lesson processes call it: LIMITED. One port for each process, which closes with the
 * process.
 */
export const linkBroker = contract('link-broker', {
  version: 1,
  server: 'browser',
  caller: 'process',
  trust: 'limited',
  lifetime: 'closes with the process',
  calls: {
    /**
     * Makes the link between the caller and that process if there is none. Returns false if there is no such process.
     */
    linkTo: call({ input: [processName], output: v.boolean() }),
  },
  pushes: {
    toCaller: {
      /** This process's ends of its link to process `to`: a port to receive on and a port to send on. */
      link: push([v.strictObject({ to: processName, inbox: port(), outbox: port() })]),
    },
  },
});

/**
 * One direction of a link between two processes. The receiver serves it and the sender calls it; neither trusts the
 * other: LIMITED. It closes when the first of the two ends.
 */
export const directInbox = contract('direct-inbox', {
  version: 1,
  server: 'receiving process',
  caller: 'sending process',
  trust: 'limited',
  serverTrust: 'limited',
  lifetime: 'from the first message of a pair until one of the two ends',
  limits: { maxBytes: 1024 * 1024, bytesPerSecond: 256 * 1024 * 1024 },
  calls: {
    /** Resolves when the condition of the mode is met. There is no deadline. */
    deliver: call({
      input: [v.unknown(), v.picklist(['accepted', 'received', 'never'])],
      output: v.picklist(['sent', 'full']),
      deadlineMs: Number.POSITIVE_INFINITY,
    }),
  },
});
