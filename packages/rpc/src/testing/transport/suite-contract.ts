import * as v from 'valibot';
import { call, callback, contract, port, push, stream, type Trust } from '../../contract.ts';

const whole = v.pipe(v.number(), v.integer());

/** What the server did on this connection, as far as it knows. */
export const serverState = v.strictObject({
  /** Handlers that saw their signal abort. */
  aborted: whole,
  notes: v.array(whole),
  /** Items that streams have put out. */
  produced: whole,
  /** Streams whose `finally` has run. */
  finished: whole,
});

/** A contract with everything that a contract can have. */
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
      /** Answers when its signal aborts, and not before. */
      hang: call({ deadlineMs: 60 }),
      state: call({ output: serverState }),
      /** Calls back so often, then resolves with the sum of what `weigh` said. */
      callBack: call({
        input: [whole, callback([whole]), callback([whole], v.number())],
        output: v.number(),
      }),
      /** Keeps a callback, and calls it at each push of `ring`. */
      keep: call({ input: [callback([v.string()])] }),
      /** Hands out a function that counts its calls. */
      counter: call({ output: v.strictObject({ next: callback([], whole) }) }),
      /** Echoes on the port that it is given. */
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
      /** As fast as it is read. */
      endless: stream({ item: whole, highWaterMark: 8 }),
      /** Three items, then an error. */
      failing: stream({ item: whole }),
      /** `latest` a hundred times in one turn, then ends. */
      newest: stream({ item: whole, highWaterMark: 1 }),
    },
  });

export const trusting = suite('suite-trusting', 'full', 'full');
export const wary = suite('suite-wary', 'none', 'limited');
/** The same name, another version. */
export const newer = suite('suite-trusting', 'full', 'full', 4);
