import type { Endpoint } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { type MemoryPort, memoryPair } from '@bulkhead/rpc/testing';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectLinks } from './direct-links.ts';
import { LinkBroker } from './link-broker.ts';

let broker: LinkBroker;
let processes: DirectLinks<string>[];

function makeChannel() {
  const [port1, port2] = memoryPair();
  return { port1, port2 };
}

function join(name: string, capacity: number | 'unbounded' = 0) {
  const [mine, theirs] = memoryPair();
  broker.connect(theirs, { name });
  const held: MemoryPort[] = [mine];
  const endpointOf = (port: TransferablePort): Endpoint => {
    held.push(port as MemoryPort);
    return port as MemoryPort;
  };
  const links = new DirectLinks(mine, { message: v.string(), capacity, endpointOf });
  processes.push(links);
  const kill = () => {
    for (const port of held) port.kill();
  };
  return { links, kill };
}

beforeEach(() => {
  broker = new LinkBroker(makeChannel);
  processes = [];
});
afterEach(() => {
  for (const links of processes) links.close();
});

describe('direct links', () => {
  it('carry messages both ways over one link, which is made automatically', async () => {
    const [a, b] = [join('A').links, join('B').links];
    const [heardByB] = await Promise.all([b.receive('A'), a.send('B', 'hello')]);
    const [heardByA] = await Promise.all([a.receive('B'), b.send('A', 'hello yourself')]);
    expect([heardByB, heardByA]).toEqual(['hello', 'hello yourself']);
    expect(broker.links).toEqual([['A', 'B']]);
    expect([a.links, b.links]).toEqual([['B'], ['A']]);
  });

  it('are one for each pair, even if both name each other at once', async () => {
    const [a, b] = [join('A', 1).links, join('B', 1).links];
    await Promise.all([a.send('B', 'from A'), b.send('A', 'from B')]);
    expect(await Promise.all([a.receive('B'), b.receive('A')])).toEqual(['from B', 'from A']);
    expect([a.links, b.links]).toEqual([['B'], ['A']]);
  });

  it('tell the sender to a process that receives from anyone', async () => {
    const [a, b, c] = [join('A').links, join('B').links, join('C').links];
    const one = c.receive();
    await a.send('C', 'from A');
    expect(await one).toEqual({ from: 'A', message: 'from A' });
    expect(await c.tryReceive()).toBe(null);
    const two = c.receive('B');
    const three = a.send('C', 'again');
    await b.send('C', 'from B');
    expect(await two).toBe('from B');
    expect(await c.receive()).toEqual({ from: 'A', message: 'again' });
    await three;
  });

  it('make a sender wait if there is no room, or fail if it does not wait', async () => {
    const [a, b] = [join('A').links, join('B', 1).links];
    expect(await a.trySend('B', 'one')).toBe(true);
    expect(await a.trySend('B', 'two')).toBe(false);
    const waiting = a.send('B', 'two');
    expect(await b.receive('A')).toBe('one');
    await waiting;
    let met = false;
    expect(await b.receive('A')).toBe('two');
    const meeting = a.meet('B', 'three').then(() => {
      met = true;
    });
    await a.trySend('B', 'four');
    expect(met).toBe(false);
    expect(await b.receive('A')).toBe('three');
    await meeting;
  });

  it('refuse an unknown process', async () => {
    const a = join('A').links;
    await expect(a.send('B', 'x')).rejects.toThrow('there is no process B');
    await expect(a.receive('B')).rejects.toThrow('there is no process B');
    await expect(a.send('A', 'to myself')).rejects.toThrow('there is no process A');
  });

  it('end with either process, and reject the waits for it', async () => {
    const [a, b] = [join('A').links, join('B')];
    await Promise.all([a.send('B', 'x'), b.links.receive('A')]);
    const [sending, receiving] = [a.send('B', 'never received'), a.receive('B')];
    const results = Promise.allSettled([sending, receiving]);
    b.kill();
    for (const result of await results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('B is gone') } });
    }
    expect(a.links).toEqual([]);
  });
});
