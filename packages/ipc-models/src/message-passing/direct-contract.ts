import { call, contract, port, push } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

export const processName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/**
 * How processes get links to each other. Served by the browser, which mints every link and sees none of its messages;
 * called by plugins and lesson processes: LIMITED. One port per process, which closes with it.
 */
export const linkBroker = contract('link-broker', {
  version: 1,
  server: 'browser',
  caller: 'process',
  trust: 'limited',
  lifetime: 'closes with the process',
  calls: {
    /** Makes the one link between the caller and that process, unless it is there. False when there is no such process. */
    linkTo: call({ input: [processName], output: v.boolean() }),
  },
  pushes: {
    toCaller: {
      /** This process's ends of its link to that one: a port to receive on and a port to send on. */
      link: push([v.strictObject({ to: processName, inbox: port(), outbox: port() })]),
    },
  },
});

/**
 * One direction of a link between two processes. Served by who receives, called by who sends; neither trusts the other:
 * LIMITED. It closes with the first of the two.
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
    /** Resolves when the mode's condition is met; without a deadline of its own, however long that takes. */
    deliver: call({
      input: [v.unknown(), v.picklist(['accepted', 'received', 'never'])],
      output: v.picklist(['sent', 'full']),
      deadlineMs: Number.POSITIVE_INFINITY,
    }),
  },
});
