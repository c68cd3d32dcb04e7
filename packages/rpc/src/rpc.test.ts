import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { call, callback, contract, port, push, stream } from './contract.ts';
import { connect, openConnections, serve } from './index.ts';
import { memoryPair } from './testing/index.ts';

const demo = contract('demo', {
  version: 1,
  server: 'browser',
  caller: 'tab',
  trust: 'none',
  lifetime: 'a test',
  calls: {
    add: call({ input: [v.number(), v.number()], output: v.number() }),
    greet: call({ input: [v.string(), v.optional(v.string())], output: v.string() }),
    hang: call({ deadlineMs: 50 }),
    fail: call(),
    watch: call({ input: [callback([v.number()]), callback([v.string()], v.number())], output: v.number() }),
    adopt: call({ input: [v.object({ port: port() })] }),
  },
  pushes: { toServer: { note: push([v.string()]) }, toCaller: { tick: push([v.number()]) } },
  streams: { count: stream({ input: [v.number()], item: v.number(), highWaterMark: 4 }) },
});

describe('rpc', () => {
  it('carries every kind of method that a contract can declare', async () => {
    const [a, b] = memoryPair();
    const notes: string[] = [];
    const bad: unknown[] = [];
    const ticks: number[] = [];
    const remote = connect(demo, b, { peer: { name: 'browser', pid: 1 } });
    remote.on.tick((n) => ticks.push(n));
    const early = remote.call.add(1, 2);
    const served = serve(
      demo,
      a,
      {
        add: (x, y) => x + y,
        greet: (who, how = 'hello') => `${how} ${who}`,
        hang: (context) => new Promise((_resolve, reject) => context.signal.addEventListener('abort', reject)),
        fail: () => {
          throw Object.assign(new RangeError('no such thing'), { code: 'ENOTHING' });
        },
        watch: async (one, two) => {
          one(7);
          return two('x');
        },
        adopt: ({ port: adopted }) => {
          adopted.start();
          adopted.postMessage('hi');
        },
        note: (text) => void notes.push(text),
        count: async function* (to) {
          for (let n = 1; n <= to; n++) yield n;
        },
      },
      { peer: { name: 'tab 7', pid: 2 }, onBadMessage: (error) => bad.push(error) },
    );
    expect(await early).toBe(3);
    expect(await remote.call.greet('you')).toBe('hello you');
    expect(await remote.call.greet('you', 'bye', { deadlineMs: 1000 })).toBe('bye you');
    await expect(remote.call.hang()).rejects.toThrow('demo.hang: no reply from browser within 50 ms');
    await expect(remote.call.fail()).rejects.toMatchObject({
      name: 'RangeError',
      message: 'no such thing',
      code: 'remote',
      remoteCode: 'ENOTHING',
    });
    const seen: number[] = [];
    expect(
      await remote.call.watch(
        (n) => void seen.push(n),
        (text) => text.length,
      ),
    ).toBe(1);
    expect(seen).toEqual([7]);
    const [mine, theirs] = memoryPair();
    const heard = new Promise((resolve) => mine.onMessage(resolve));
    mine.start();
    await remote.call.adopt({ port: theirs });
    expect(await heard).toBe('hi');
    remote.push.note('one');
    served.push.tick(1);
    served.push.tick(2);
    const items: number[] = [];
    for await (const item of remote.stream.count(10)) items.push(item);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(ticks).toEqual([1, 2]);
    expect(notes).toEqual(['one']);
    expect(bad).toEqual([]);
    remote.close();
    expect((await served.closed).error.message).toBe('demo: tab 7 (pid 2) closed the port');
    await expect(remote.call.add(1, 2)).rejects.toThrow('demo.add: this side closed the port');
    expect(openConnections()).toEqual([]);
  });
});
