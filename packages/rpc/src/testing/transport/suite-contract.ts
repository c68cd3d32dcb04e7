import * as v from 'valibot';
import { call, callback, contract, port, push, stream, type Trust } from '../../contract.ts';

const whole = v.pipe(v.number(), v.integer());

/** Record of the server's actions on this connection. */
export const serverState = v.strictObject({
  /** Number of handlers whose signal aborted. */
  aborted: whole,
  notes: v.array(whole),
  /** Number of items that streams have produced. */
  produced: whole,
  /** Number of streams whose `finally` has run. */
  finished: whole,
});

/** A contract with every kind of method. */
const suite = (name: string, trust: Trust, serverTrust: Trust, version = 3) =>
  contract(name, {
    version,
    server: 'server',
    caller: 'caller',
    trust,
    serverTrust,
    lifetime: 'one test',
    limits: { maxBytes: 4 * 1024 * 1024, messagesPerSecond: 100_000 },
    calls: {
      add: call({ input: [v.number(), v.number()], output: v.number() }),
      echo: call({ input: [v.unknown()], output: v.unknown() }),
      greet: call({ input: [v.string(), v.optional(v.string())], output: v.string() }),
      title: call({ output: v.string() }),
      fail: call({ input: [v.string()] }),
      /** Answers only when its signal aborts. */
      hang: call({ deadlineMs: 60 }),
      state: call({ output: serverState }),
      /** Calls back so many times, then resolves with the sum of the second callback's results. */
      callBack: call({
        input: [whole, callback([whole]), callback([whole], v.number())],
        output: v.number(),
      }),
      /** Keeps a callback, and calls it at each `ring`. */
      keep: call({ input: [callback([v.string()])] }),
      /** Returns a function that counts its calls. */
      counter: call({ output: v.strictObject({ next: callback([], whole) }) }),
      /** Echoes on the given ports. */
      adopt: call({ input: [v.strictObject({ ports: v.array(port()) })], output: whole }),
      bounded: call({ input: [v.string()], maxBytes: 1000 }),
    },
    pushes: {
      toServer: {
        note: push([whole]),
        ring: push([v.string()]),
        tickTo: push([whole]),
        closeNow: push([]),
      },
      toCaller: { tick: push([whole]) },
    },
    streams: {
      count: stream({ input: [whole], item: whole, highWaterMark: 4 }),
      /** Yields as fast as it is read. */
      endless: stream({ item: whole, highWaterMark: 8 }),
      /** Yields three items, then throws. */
      failing: stream({ item: whole }),
      /** Calls `latest` a hundred times in one turn, then ends. */
      newest: stream({ item: whole, highWaterMark: 1 }),
    },
  });

export const trusting = suite('suite-trusting', 'full', 'full');
export const wary = suite('suite-wary', 'none', 'limited');
/** Has the same name as `trusting` and another version. */
export const newer = suite('suite-trusting', 'full', 'full', 4);
