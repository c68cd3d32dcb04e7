import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { call, callback, contract, push, stream } from './contract.ts';
import { connect, serve } from './index.ts';
import { HandEndpoint } from './testing/hand-endpoint.ts';
import { hostileErrors, unsendable } from './testing/hostile-values.ts';
import { memoryPair } from './testing/memory-pair.ts';

/** Longer than any test may take: a test that waits for it fails. */
const deadlineMs = 1_000_000;

const demo = contract('demo', {
  version: 1,
  server: 'browser',
  caller: 'tab',
  trust: 'none',
  lifetime: 'a test',
  limits: { maxBytes: 1024, messagesPerSecond: 1_000_000 },
  calls: {
    ask: call({ output: v.unknown(), deadlineMs }),
    askBack: call({ input: [callback([], v.unknown())], deadlineMs }),
    well: call({ output: v.string(), deadlineMs }),
  },
  pushes: { toServer: { note: push([v.unknown()]) }, toCaller: { tick: push([v.unknown()]) } },
  streams: { items: stream({ item: v.unknown(), highWaterMark: 2 }) },
});

type Items = () => AsyncIterable<unknown>;

function open(ask: () => unknown, items: Items = async function* () {}) {
  const [mine, theirs] = memoryPair();
  const failures: unknown[] = [];
  const handlers = {
    ask,
    askBack: (back: () => Promise<unknown>) => back().then(() => undefined),
    well: () => 'well',
    note: () => ask() as undefined,
    items,
  };
  const onHandlerError = (error: unknown) => void failures.push(error);
  const served = serve(demo, theirs, handlers, { heartbeat: false, onHandlerError });
  const remote = connect(demo, mine, { heartbeat: false, onHandlerError });
  return { served, remote, failures };
}

type Opened = ReturnType<typeof open>;

const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => void unhandled.push(error);
beforeEach(() => void process.on('unhandledRejection', onUnhandled));
afterEach(() => void process.off('unhandledRejection', onUnhandled));

/** Expects the call to reject, the connection to go on, and no unhandled rejection in the serving process. */
async function rejects({ remote, served }: Opened, question: (remote: Opened['remote']) => Promise<unknown>) {
  const error = await question(remote).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message.length).toBeLessThanOrEqual(16 * 1024);
  expect(await remote.call.well()).toBe('well');
  served.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
}

const thrown = (error: unknown): never => {
  throw error;
};

/** Returns whether a task throws. Vitest's `toThrow` would inspect the thrown value. */
function throws(task: () => unknown): boolean {
  try {
    task();
  } catch {
    return true;
  }
  return false;
}

/** Ways in which a handler fails with an error. */
const failing: Record<string, (error: unknown) => unknown> = {
  'throws it': thrown,
  'rejects with it': (error) => Promise.reject(error),
  'throws it later': async (error) => {
    await null;
    thrown(error);
  },
  'returns a thenable that rejects with it': (error) => ({
    // biome-ignore lint/suspicious/noThenProperty: this is the case
    then: (_resolve: unknown, reject: (error: unknown) => void) => reject(error),
  }),
  'returns a thenable whose then throws it': (error) => ({
    // biome-ignore lint/suspicious/noThenProperty: this is the case
    get then() {
      return thrown(error);
    },
  }),
};

/** Ways in which a handler returns a value. */
const giving: Record<string, (value: unknown) => unknown> = {
  'returns it': (value) => value,
  'resolves with it': async (value) => value,
};

it.each(Object.entries(failing))('rejects a call at once when its handler %s, whatever was thrown', async (_, fail) => {
  await fc.assert(
    fc.asyncProperty(hostileErrors, (make) =>
      rejects(
        open(() => fail(make())),
        (remote) => remote.call.ask(),
      ),
    ),
  );
});

it.each(Object.entries(giving))('rejects a call at once when its handler %s and it cannot be sent', async (_, give) => {
  await fc.assert(
    fc.asyncProperty(unsendable, (make) =>
      rejects(
        open(() => give(make())),
        (remote) => remote.call.ask(),
      ),
    ),
  );
});

it.each([...Object.entries(failing)])('rejects a callback at once when it %s', async (_, fail) => {
  await fc.assert(
    fc.asyncProperty(hostileErrors, (make) =>
      rejects(
        open(() => undefined),
        (remote) => remote.call.askBack(() => fail(make()) as Promise<unknown>),
      ),
    ),
  );
});

it('rejects a callback at once when its result cannot be sent', async () => {
  await fc.assert(
    fc.asyncProperty(unsendable, (make) =>
      rejects(
        open(() => undefined),
        (remote) => remote.call.askBack(() => make()),
      ),
    ),
  );
});

const read = async (remote: Opened['remote']) => {
  for await (const _ of remote.stream.items());
};

it('ends a stream at once when its handler throws, whatever was thrown', async () => {
  const items = (make: () => unknown): Items =>
    async function* () {
      yield 1;
      thrown(make());
    };
  await fc.assert(
    fc.asyncProperty(hostileErrors, (make) =>
      rejects(
        open(() => undefined, items(make)),
        read,
      ),
    ),
  );
});

it('ends a stream at once when an item cannot be sent, also one that waited for room', async () => {
  const items = (before: number, make: () => unknown): Items =>
    async function* () {
      for (let index = 0; index < before; index += 1) yield index;
      yield make();
    };
  await fc.assert(
    fc.asyncProperty(fc.nat(6), unsendable, (before, make) =>
      rejects(
        open(() => undefined, items(before, make)),
        read,
      ),
    ),
  );
});

it('ends a stream, and throws nowhere, when an item put in its sink outside of the handler cannot be sent', async () => {
  const methods = ['push', 'latest', 'offer'] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...methods), fc.nat(6), unsendable, async (method, before, make) => {
      const [mine, theirs] = memoryPair();
      let put = (): void => undefined;
      const opened = Promise.withResolvers<void>();
      const served = serve(
        demo,
        theirs,
        {
          ask: () => undefined,
          askBack: () => undefined,
          well: () => 'well',
          note: () => undefined,
          items: (context) => {
            put = () => {
              // An offered item is dropped while there is no room for it.
              const first = method === 'offer' ? 0 : before;
              for (let index = 0; index < first; index += 1) void context.sink.push(index);
              void context.sink[method](make());
            };
            opened.resolve();
            return context.sink.closed;
          },
        },
        { heartbeat: false },
      );
      const remote = connect(demo, mine, { heartbeat: false });
      const reading = read(remote);
      reading.catch(() => undefined);
      await opened.promise;
      put();
      await rejects({ remote, served, failures: [] }, () => reading);
    }),
  );
});

it('reports an error of a push handler to the owner of the port, and to nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(hostileErrors, fc.constantFrom(...Object.values(failing)), async (make, fail) => {
      const { remote, served, failures } = open(() => fail(make()));
      remote.push.note(1);
      expect(await remote.call.well()).toBe('well');
      served.close();
      expect(failures.length).toBeLessThanOrEqual(1);
      expect(unhandled).toEqual([]);
    }),
  );
});

it('sends nothing of a push that cannot be sent, and goes on', async () => {
  await fc.assert(
    fc.asyncProperty(unsendable, async (make) => {
      const { remote, served } = open(() => undefined);
      await remote.opened;
      const before = remote.counters.sent.messages;
      expect(throws(() => remote.push.note(make()))).toBe(true);
      expect(throws(() => served.push.tick(make()))).toBe(true);
      expect(remote.counters.sent.messages).toBe(before);
      expect(await remote.call.well()).toBe('well');
      served.close();
    }),
  );
});

it('throws a printable error when no owner takes the error of a push handler', async () => {
  const uncaught = Promise.withResolvers<unknown>();
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.once('uncaughtException', (error) => uncaught.resolve(error));
  const endpoint = new HandEndpoint();
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const handlers = {
    ask: () => 1,
    askBack: () => undefined,
    well: () => 'well',
    note: () => thrown(proxy),
    items: async () => undefined,
  };
  serve(demo, endpoint, handlers, { heartbeat: false });
  endpoint.receive([0, 'demo', 1]);
  endpoint.receive([10, 'note', [1]]);
  expect(String(await uncaught.promise)).toBe('Error: the thrown value cannot be described');
  for (const listener of others) process.on('uncaughtException', listener);
});
