import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { release } from './calls/callbacks.ts';
import { connect, type Remote } from './connect.ts';
import { call, callback, contract, port, type TransferablePort } from './contract.ts';
import { serve } from './serve.ts';
import { memoryPair } from './testing/memory-pair.ts';

/**
 * The part of Comlink's published suite (tests/same_window.comlink.test.js) that a contract can express, with Comlink's
 * names of tests. The other part makes an exposed object dangerous, so contracts leave it out on purpose: constructing
 * classes, setting properties, reaching nested properties, making endpoints, and custom transfer handlers.
 */
const bytes = v.instance(Uint8Array);
const counter = v.strictObject({
  value: callback([], v.number()),
  increase: callback([v.optional(v.number())], v.number()),
});

const subject = contract('subject', {
  version: 1,
  server: 'one side',
  caller: 'the other',
  trust: 'full',
  lifetime: 'a test',
  calls: {
    value: call({ output: v.number() }),
    undefinedValue: call({ output: v.optional(v.number()) }),
    add: call({ input: [v.number(), v.number()], output: v.number() }),
    later: call({ input: [v.number()], output: v.number() }),
    throwError: call(),
    throwLater: call(),
    throwScalar: call(),
    throwNull: call(),
    newCounter: call({ input: [v.number()], output: counter }),
    length: call({ input: [bytes], output: v.number() }),
    nestedLength: call({ input: [v.strictObject({ inner: v.strictObject({ data: bytes }) })], output: v.number() }),
    ping: call({ input: [port()] }),
    run: call({ input: [callback([v.number()], v.number())], output: v.number() }),
    runBoth: call({ input: [callback([], v.number()), callback([], v.number())], output: v.number() }),
    runDeep: call({
      input: [v.strictObject({ a: v.array(v.strictObject({ f: callback([], v.string()) })) })],
      output: v.string(),
    }),
    isUndefined: call({ input: [v.undefined()], output: v.boolean() }),
    unserializable: call({ output: v.unknown() }),
  },
});

let remote: Remote<typeof subject>;

beforeEach(() => {
  const [mine, theirs] = memoryPair();
  serve(subject, theirs, {
    value: () => 4,
    undefinedValue: () => undefined,
    add: (a, b) => a + b,
    later: async (n) => n,
    throwError: () => {
      throw new Error('OMG');
    },
    throwLater: async () => {
      throw new Error('Should have thrown');
    },
    throwScalar: () => {
      throw 'oops';
    },
    throwNull: () => {
      throw null;
    },
    newCounter: (start) => {
      let current = start;
      return {
        value: () => current,
        increase: (by = 1) => {
          current += by;
          return current;
        },
      };
    },
    length: (data) => data.byteLength,
    nestedLength: ({ inner }) => inner.data.byteLength,
    ping: (adopted) => adopted.postMessage('ohai'),
    run: (f) => f(4),
    runBoth: async (f, g) => (await f()) + (await g()),
    runDeep: ({ a }) => a[0]?.f() ?? '',
    isUndefined: (value) => value === undefined,
    unserializable: () => () => 1,
  });
  remote = connect(subject, mine);
});

afterEach(() => remote.close());

describe('what Comlink does, through serve and connect', () => {
  it('can work with functions on an object', async () => expect(await remote.call.add(1, 3)).toBe(4));
  it('can work with objects (getters)', async () => expect(await remote.call.value()).toBe(4));
  it('can work with objects that have undefined properties', async () =>
    expect(await remote.call.undefinedValue()).toBe(undefined));
  it('can work with functions that return promises', async () => expect(await remote.call.later(4)).toBe(4));

  it('can keep the stack and message of thrown errors', async () => {
    const error = await remote.call.throwError().catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: 'OMG', stack: expect.stringContaining('comlink-behaviours.test.ts') });
  });

  it('can forward an async function error', () =>
    expect(remote.call.throwLater()).rejects.toThrow('Should have thrown'));

  // Comlink rethrows these values unchanged. Here, the caller always gets an Error.
  it('can rethrow scalars', () => expect(remote.call.throwScalar()).rejects.toThrow('oops'));
  it('can rethrow null', () => expect(remote.call.throwNull()).rejects.toThrow('not an Error'));

  it('can work with class instance methods multiple times', async () => {
    const { value, increase } = await remote.call.newCounter(1);
    await increase();
    await increase(5);
    expect(await value()).toBe(7);
  });

  it('will copy TypedArrays', async () => {
    const data = new Uint8Array([1, 2, 3]);
    expect(await remote.call.length(data)).toBe(3);
    expect(data.byteLength).toBe(3);
  });

  it('will copy nested TypedArrays', async () =>
    expect(await remote.call.nestedLength({ inner: { data: new Uint8Array(5) } })).toBe(5));

  it('will transfer a message port', async () => {
    const [kept, sent] = memoryPair();
    const heard = new Promise((resolve) => kept.onMessage(resolve));
    kept.start();
    await remote.call.ping(sent as TransferablePort);
    expect(await heard).toBe('ohai');
  });

  it('will wrap marked parameter values, simple function', async () =>
    expect(await remote.call.run((n) => n * 2)).toBe(8));
  it('will wrap multiple marked parameter values, simple function', async () =>
    expect(
      await remote.call.runBoth(
        () => 1,
        async () => 2,
      ),
    ).toBe(3));
  it('will proxy deeply nested values', async () =>
    expect(await remote.call.runDeep({ a: [{ f: () => 'deep' }] })).toBe('deep'));
  it('will handle undefined parameters', async () => expect(await remote.call.isUndefined(undefined)).toBe(true));

  it('released proxy should no longer be useable and throw an exception', async () => {
    const { value } = await remote.call.newCounter(1);
    release(value);
    await expect(value()).rejects.toThrow('released');
  });

  it('can handle unserializable types', () =>
    expect(remote.call.unserializable()).rejects.toThrow('could not be cloned'));
});
