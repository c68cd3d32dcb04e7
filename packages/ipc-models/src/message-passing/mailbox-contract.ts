import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

export const mailboxName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** Number of held messages. 0: sender and receiver must meet. 'unbounded': as many as the broker has room for. */
export const capacity = v.union([
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
  v.literal('unbounded'),
]);
/** 'process': the mailbox ends with the process that created it. 'browser': it ends when a process destroys it. */
export const ownership = v.picklist(['process', 'browser']);
const sendMode = v.picklist(['accepted', 'received', 'never']);
const receiveMode = v.picklist(['message', 'never']);

const done = v.strictObject({ ok: v.literal(true) });
const refused = <const Reasons extends string[]>(...reasons: Reasons) =>
  v.strictObject({ ok: v.literal(false), reason: v.picklist(reasons) });
/** The mailbox was destroyed, by a call or with its owner. `how` tells which, as text for the user. */
const ended = v.strictObject({ ok: v.literal(false), reason: v.literal('ended'), how: v.string() });

const forever = Number.POSITIVE_INFINITY;

/**
 * Processes use mailboxes through this contract. The browser serves it and holds the messages. Plugins and lesson
 * processes call it: LIMITED. One port for each process, which identifies the process and closes with it.
 */
export const mailboxBroker = contract('mailbox-broker', {
  version: 1,
  server: 'browser',
  caller: 'process',
  trust: 'limited',
  lifetime: 'closes with the process',
  limits: { maxBytes: 1024 * 1024, bytesPerSecond: 256 * 1024 * 1024 },
  calls: {
    create: call({
      input: [mailboxName, capacity, ownership],
      output: v.union([done, refused('exists', 'too-many')]),
    }),
    lookUp: call({
      input: [mailboxName],
      output: v.union([v.strictObject({ ok: v.literal(true), capacity, owner: v.string() }), refused('unknown')]),
    }),
    /** Only the owner may destroy a mailbox; the browser's mailboxes any process may. All waits there are rejected. */
    destroy: call({ input: [mailboxName], output: v.union([done, refused('unknown', 'not-yours')]) }),
    /** Resolves when the condition of the mode is met. There is no deadline. */
    send: call({
      input: [mailboxName, v.unknown(), sendMode],
      output: v.union([done, ended, refused('unknown', 'full', 'no-memory')]),
      deadlineMs: forever,
    }),
    receive: call({
      input: [mailboxName, receiveMode],
      output: v.union([
        v.strictObject({ ok: v.literal(true), message: v.unknown() }),
        ended,
        refused('unknown', 'empty'),
      ]),
      deadlineMs: forever,
    }),
  },
});
