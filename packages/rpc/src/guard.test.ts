import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from './connect.ts';
import { call, callback, contract, port, push, stream, type Trust } from './contract.ts';
import { openConnections } from './link/registry.ts';
import { type Served, serve } from './serve.ts';
import { HandEndpoint } from './testing/hand-endpoint.ts';
import { Kind } from './wire/messages.ts';

const make = (trust: Trust, serverTrust: Trust = 'limited') =>
  contract('door', {
    version: 1,
    server: 'browser',
    caller: 'tab',
    trust,
    serverTrust,
    lifetime: 'a test',
    limits: {
      maxBytes: 10_000,
      messagesPerSecond: 100,
      bytesPerSecond: 50_000,
      maxCalls: 3,
      maxStreams: 2,
      maxCallbacks: 4,
    },
    calls: {
      open: call({ input: [v.pipe(v.string(), v.maxLength(20))], output: v.string() }),
      wait: call(),
      subscribe: call({ input: [callback([v.string()])] }),
      adopt: call({ input: [port()] }),
    },
    pushes: { toServer: { note: push([v.number()]) }, toCaller: { tick: push([v.string()]) } },
    streams: { items: stream({ item: v.number() }) },
  });

const hello = [Kind.Hello, 'door', 1];
const door = make('none');
let endpoint: HandEndpoint;
let bad: string[];
let called: unknown[][];
let served: Served<typeof door>;

function open(contract: typeof door): void {
  endpoint = new HandEndpoint();
  bad = [];
  called = [];
  served = serve(
    contract,
    endpoint,
    {
      open: (address) => {
        called.push([address]);
        return address;
      },
      wait: ({ signal }) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
      subscribe: (callback) => void called.push([callback]),
      adopt: (adopted) => void called.push([adopted]),
      note: (n) => void called.push([n]),
      items: async ({ sink }) => sink.closed,
    },
    { heartbeat: false, peer: { name: 'tab 7' }, onBadMessage: ({ message }) => bad.push(message) },
  );
}

beforeEach(() => open(door));
afterEach(() => {
  served.close();
  expect(openConnections()).toEqual([]);
});

/** Expects this message to end the tab's port with this error, and to reach no handler. */
async function refuses(message: unknown, complaint: string | RegExp, ports: readonly unknown[] = []): Promise<void> {
  endpoint.receive(message, ports);
  expect(bad).toEqual([expect.stringMatching(complaint)]);
  expect((await served.closed).by).toBe('a bad message');
  expect(called).toEqual([]);
  endpoint.receive([Kind.Call, 99, 'open', ['x']]);
  expect(called).toEqual([]);
  expect(bad).toHaveLength(1);
}

describe('the guard of a server', () => {
  it('passes on a call that the contract names', async () => {
    endpoint.receive(hello);
    endpoint.receive([Kind.Call, 1, 'open', ['about:blank']]);
    await vi.waitFor(() => expect(endpoint.posted).toContainEqual([Kind.Reply, 1, 'about:blank']));
  });

  it('requires a hello first', () => refuses([Kind.Call, 1, 'open', ['x']], 'of unknown kind for the server'));

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '#callback', 'note', 'tick', 7, ['open'], null])(
    'knows no method %j',
    async (name) => {
      endpoint.receive(hello);
      await refuses([Kind.Call, 1, name, []], 'door: tab 7: a call of an unknown method');
    },
  );

  it('names the place of a wrong argument, and never its content', async () => {
    endpoint.receive(hello);
    await refuses([Kind.Call, 1, 'open', [{ secret: 'hunter2' }]], /^door: tab 7: door.open\[0\]: expected string$/);
    expect(bad.join()).not.toContain('hunter2');
  });

  it.each([
    ['too many arguments', ['x', 'y']],
    ['too few', []],
    ['none at all', undefined],
    ['no list', { 0: 'x', length: 1 }],
  ])('refuses %s', async (_what, args) => {
    endpoint.receive(hello);
    await refuses([Kind.Call, 1, 'open', args], /^door: tab 7: door.open/);
  });

  it('refuses a message that is too large before it parses it', async () => {
    endpoint.receive(hello);
    await refuses([Kind.Call, 1, 'open', ['x'.repeat(20_000)]], 'larger than 10000 bytes');
  });

  it('refuses messages that could not be read', () => refuses(null, 'not a message'));

  it.each([0, -1, 1.5, Number.NaN, '1', {}])('refuses %j for an id', async (id) => {
    endpoint.receive(hello);
    await refuses([Kind.Call, id, 'open', ['x']], 'not an id');
  });

  it('refuses an id that is in use', async () => {
    endpoint.receive(hello);
    endpoint.receive([Kind.Call, 1, 'wait', []]);
    await refuses([Kind.Call, 1, 'wait', []], 'in use');
  });

  it('closes unexpected ports', async () => {
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise((resolve) => port1.addEventListener('close', resolve));
    port1.start();
    endpoint.receive(hello);
    await refuses([Kind.Call, 1, 'open', ['x']], 'an unexpected callback or port', [port2]);
    await closed;
  });

  it.each([
    ['no port', [['port', 0, [0]]], []],
    ['a port in a place that does not exist', [['port', 0, [1]]], [{}]],
    ['a port in a place that is taken', [['port', 0, []]], [{}]],
    ['a port in a prototype', [['port', 0, ['__proto__']]], [{}]],
    [
      'a port twice',
      [
        ['port', 0, [0]],
        ['port', 0, [0]],
      ],
      [{}],
    ],
    ['a callback for a port', [['callback', 1, [0]]], []],
    ['an endless list', Object.assign([], { length: 2 ** 31 }), []],
    ['a handle that is not a handle', [7], []],
  ])('refuses %s', async (_what, handles, ports) => {
    endpoint.receive(hello);
    await refuses([Kind.Call, 1, 'adopt', [null], handles], /^door: tab 7: /, ports);
  });

  it('ends a flood', async () => {
    endpoint.receive(hello);
    // Stop the clock, because passing time makes new room.
    const moment = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    for (let n = 0; n < 150; n++) endpoint.receive([Kind.Push, 'note', [n]]);
    moment.mockRestore();
    expect(bad).toEqual(['door: tab 7: more than 100 messages a second']);
    expect(called.length).toBeLessThanOrEqual(100);
  });

  it('ends a flood of bytes', async () => {
    endpoint.receive(hello);
    const moment = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    for (let n = 1; n <= 20; n++) endpoint.receive([Kind.Cancel, n, 'y'.repeat(9000)]);
    moment.mockRestore();
    expect(bad).toEqual(['door: tab 7: more than 50000 bytes a second']);
  });

  it('answers one call too many instead of running it', async () => {
    endpoint.receive(hello);
    for (const id of [1, 2, 3, 4]) endpoint.receive([Kind.Call, id, 'wait', []]);
    expect(endpoint.posted.at(-1)).toEqual([
      Kind.Fail,
      4,
      ['LimitError', 'door.wait: too many calls at once', 'limit', undefined],
    ]);
    for (const id of [1, 2, 3]) endpoint.receive([Kind.Open, id, 'items', [], 1]);
    expect(endpoint.posted.at(-1)).toMatchObject([
      Kind.End,
      3,
      ['LimitError', 'door.items: too many streams at once', 'limit', undefined],
    ]);
    expect(bad).toEqual([]);
  });

  it('holds no more callbacks than it may', async () => {
    endpoint.receive(hello);
    const give = async (id: number) => {
      endpoint.receive([Kind.Call, id, 'subscribe', [null], [['callback', id, [0]]]]);
      await new Promise((resolve) => setImmediate(resolve));
    };
    for (const id of [1, 2, 3, 4]) await give(id);
    expect(called).toHaveLength(4);
    await give(5);
    expect(bad).toEqual(['door: tab 7: too many callbacks']);
  });

  it('keeps a fully trusted caller connected, and answers it at once', async () => {
    served.close();
    open(make('full') as typeof door);
    endpoint.receive(hello);
    endpoint.receive([Kind.Call, 1, 'open', [7]]);
    expect(bad).toEqual(['door: tab 7: door.open[0]: expected string']);
    expect(endpoint.posted.at(-1)).toMatchObject([
      Kind.Fail,
      1,
      ['BadMessageError', 'door.open[0]: expected string', 'bad-message', expect.stringContaining('guard.test.ts')],
    ]);
    endpoint.receive([Kind.Call, 2, 'open', ['x']]);
    expect(called).toEqual([['x']]);
  });

  it('refuses a third hello', async () => {
    endpoint.receive(hello);
    endpoint.receive(hello);
    await refuses(hello, 'a third hello');
  });
});

describe('a message that is too large', () => {
  const large = new Array(10_000).fill([1]);
  const kinds = Object.entries(Kind);
  const cases = kinds.flatMap(([name, kind]) => [1, 2, 3, 4, 5].map((place) => [name, place, kind] as const));

  it.each(cases)('ends the caller, %s with it in place %i', async (_name, place, kind) => {
    endpoint.receive(hello);
    endpoint.receive([kind, ...new Array(place - 1).fill(1), large]);
    expect(bad).toEqual(['door: tab 7: a message larger than 50000 bytes, or nested too deep']);
    expect((await served.closed).by).toBe('a bad message');
  });

  it.each(cases)('ends the server, %s with it in place %i', async (_name, place, kind) => {
    const own = new HandEndpoint();
    const remote = connect(make('full', 'none'), own, { heartbeat: false });
    own.receive([Kind.Welcome]);
    own.receive([kind, ...new Array(place - 1).fill(1), large]);
    expect(remote.counters.badMessages).toBe(1);
    expect((await remote.closed).by).toBe('a bad message');
  });

  it('is accepted from a fully trusted caller', () => {
    served.close();
    open(make('full') as typeof door);
    endpoint.receive([...hello, large]);
    expect(bad).toEqual([]);
  });
});

describe('the guard of a caller', () => {
  it('drops and counts replies to no call, late ones and second ones', async () => {
    const own = new HandEndpoint();
    const remote = connect(door, own, { heartbeat: false });
    own.receive([Kind.Welcome]);
    const late = remote.call.open('late', { deadlineMs: 1 });
    await expect(late).rejects.toThrow('within 1 ms');
    own.receive([Kind.Reply, 1, 'too late']);
    const answered = remote.call.open('x');
    own.receive([Kind.Reply, 2, 'y']);
    own.receive([Kind.Reply, 2, 'again']);
    own.receive([Kind.Fail, 77, ['Error', 'for nothing']]);
    expect(await answered).toBe('y');
    expect(remote.counters).toMatchObject({ strayReplies: 3, badMessages: 0 });
    remote.close();
  });

  it('rejects the call whose reply is wrong, and ends a server that is not trusted', async () => {
    const own = new HandEndpoint();
    const remote = connect(door, own, { heartbeat: false, peer: { name: 'the plugin' } });
    own.receive([Kind.Welcome]);
    const [one, two] = [remote.call.open('x'), remote.call.open('y')];
    own.receive([Kind.Reply, 1, { not: 'a string' }]);
    await expect(one).rejects.toThrow('door.open reply: expected string');
    await expect(two).rejects.toMatchObject({ name: 'BadMessageError' });
    expect((await remote.closed).by).toBe('a bad message');
  });

  it('takes no more items than it asked for', async () => {
    const own = new HandEndpoint();
    const remote = connect(door, own, { heartbeat: false });
    own.receive([Kind.Welcome]);
    const reading = remote.stream.items({ highWaterMark: 2 }).next();
    own.receive([Kind.Items, 1, [1, 2, 3]]);
    await expect(reading).rejects.toThrow('more items than were asked for');
    remote.close();
  });

  it('forgets calls that ended while they waited for a welcome', async () => {
    const own = new HandEndpoint();
    const remote = connect(make('full'), own, { heartbeat: false });
    const controller = new AbortController();
    const [late, unwanted] = [
      remote.call.open('x', { deadlineMs: 1 }),
      remote.call.wait({ signal: controller.signal }),
    ];
    const kept = remote.call.open('kept');
    await expect(late).rejects.toThrow('no handshake from browser within 1 ms');
    controller.abort();
    await expect(unwanted).rejects.toThrow();
    own.receive([Kind.Welcome]);
    expect(own.posted).toEqual([hello, [Kind.Call, 3, 'open', ['kept']]]);
    own.receive([Kind.Reply, 3, 'y']);
    expect(await kept).toBe('y');
    remote.close();
  });

  it('bounds the messages that wait for a welcome', async () => {
    const own = new HandEndpoint();
    const remote = connect(make('full'), own, { heartbeat: false });
    for (let n = 0; n < 1000; n++) remote.push.note(n);
    expect(() => remote.push.note(1000)).toThrow('1000 messages wait for browser to be ready');
    own.receive([Kind.Welcome]);
    expect(own.posted).toHaveLength(1001);
    remote.close();
  });
});
