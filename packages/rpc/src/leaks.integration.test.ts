import { getEventListeners } from 'node:events';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { call, callback, contract } from './contract.ts';
import { messagePortEndpoint } from './index.ts';
import { openConnections } from './link/registry.ts';
import { serve } from './serve.ts';
import { collect, heapInUse } from './testing/collect.ts';
import { memoryPair } from './testing/memory-pair.ts';

const demo = contract('demo', {
  version: 1,
  server: 'browser',
  caller: 'tab',
  trust: 'full',
  lifetime: 'a test',
  calls: {
    add: call({ input: [v.number()], output: v.number() }),
    hang: call({ deadlineMs: 5 }),
    subscribe: call({ input: [callback([v.number()])] }),
  },
});

const mebibyte = 1024 * 1024;
let kept: unknown[] = [];

const serveDemo = (endpoint: Parameters<typeof serve>[1]) =>
  serve(
    demo,
    endpoint,
    {
      add: (n) => n + 1,
      hang: ({ signal }) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
      subscribe: (callback) => void kept.push(callback),
    },
    { heartbeat: false },
  );

afterEach(() => expect.poll(() => openConnections().length).toBe(0));

describe('leaks', () => {
  it('has none after a hundred thousand calls', async () => {
    const { port1, port2 } = new MessageChannel();
    serveDemo(messagePortEndpoint(port2));
    const remote = connect(demo, messagePortEndpoint(port1), { heartbeat: false });
    const batch = () => Promise.all(Array.from({ length: 500 }, (_, n) => remote.call.add(n)));
    await batch();
    const [heap, listeners] = [await heapInUse(), getEventListeners(port1, 'message').length];
    for (let done = 0; done < 100_000; done += 500) await batch();
    expect((await heapInUse()) - heap).toBeLessThan(mebibyte);
    expect(getEventListeners(port1, 'message')).toHaveLength(listeners);
    remote.close();
  });

  it('has none after calls that ended by deadline or signal', async () => {
    const [mine, theirs] = memoryPair();
    serveDemo(theirs);
    const remote = connect(demo, mine, { heartbeat: false });
    await remote.opened;
    const { signal } = new AbortController();
    const batch = async () => {
      const call = () => remote.call.hang({ signal, deadlineMs: 1 }).catch(() => undefined);
      await Promise.all(Array.from({ length: 500 }, call));
      // Messages keep their order: all cancellations have arrived when this is answered.
      await remote.call.add(1, { deadlineMs: 60_000 });
    };
    await batch();
    const heap = await heapInUse();
    for (let done = 0; done < 20_000; done += 500) await batch();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect((await heapInUse()) - heap).toBeLessThan(mebibyte);
    remote.close();
  });

  it('has none after two thousand connections', async () => {
    const once = async () => {
      const [mine, theirs] = memoryPair();
      const served = serveDemo(theirs);
      const remote = connect(demo, mine);
      await remote.call.add(1);
      remote.close();
      await served.closed;
    };
    for (let n = 0; n < 100; n++) await once();
    const heap = await heapInUse();
    for (let n = 0; n < 2000; n++) await once();
    expect((await heapInUse()) - heap).toBeLessThan(mebibyte);
  });

  it('keeps no callback that the other side has dropped', async () => {
    const [mine, theirs] = memoryPair();
    serveDemo(theirs);
    const remote = connect(demo, mine, { heartbeat: false });
    let target: (() => void) | undefined = () => undefined;
    const held = new WeakRef(target);
    await remote.call.subscribe(target);
    target = undefined;
    await collect();
    // The other side holds its stub, so this side's function must live.
    expect(held.deref()).toBeDefined();
    kept = [];
    await expect.poll(() => collect().then(() => held.deref()), { timeout: 10_000 }).toBeUndefined();
    remote.close();
  });
});
