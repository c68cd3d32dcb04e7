import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import { leftovers, namesOf, nothing } from '../testing/leftovers.ts';
import { PeerProcess } from '../testing/peer-process.ts';
import { mutexBytes, RobustMutex } from './robust-mutex.ts';
import { NamedSemaphore } from './semaphore.ts';
import { allocateSignal, doorbellSleeper, futexSleeper, Signal } from './waiting.ts';

let arena: Arena;
let peer: PeerProcess;

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', backend: 'named' });
});

beforeEach(async () => {
  peer = new PeerProcess('waiting-peer.ts');
  await peer.receive();
  await peer.ask({ do: 'attach', arena: arena.descriptor() });
  return () => peer.kill();
});

afterAll(async () => {
  await arena.destroy();
  expect(leftovers()).toEqual(nothing);
});

describe('a signal with a futex', () => {
  it('passes back and forth between processes, asleep or not', async () => {
    const [ping, pong] = [allocateSignal(arena), allocateSignal(arena)];
    const [to, from] = [new Signal(ping.region, futexSleeper), new Signal(pong.region, futexSleeper)];
    const rounds = 200;
    await peer.ask({ do: 'echo', ping: ping.descriptor, pong: pong.descriptor, rounds });
    for (let round = 0; round < rounds; round += 1) {
      to.notify();
      while (!(await from.wait(round, { timeoutMs: 1000, spinUs: round % 2 ? 0 : 50 })));
    }
    expect(await peer.receive()).toEqual({ result: 'echoed' });
    expect([to.count, from.count]).toEqual([rounds, rounds]);
  });

  it('keeps the event loop going while it is waited for', async () => {
    const { region, descriptor } = allocateSignal(arena);
    const signal = new Signal(region, futexSleeper);
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
      if (turns === 20) peer.send({ do: 'notify', region: descriptor });
    }, 1);
    expect(await signal.wait(0, { timeoutMs: 10_000 })).toBe(true);
    clearInterval(turning);
    expect(turns).toBeGreaterThanOrEqual(20);
    await peer.receive();
  });

  it('times out', async () => {
    const signal = new Signal(allocateSignal(arena).region, futexSleeper);
    expect(await signal.wait(0, { timeoutMs: 5 })).toBe(false);
    signal.notify();
    expect(await signal.wait(0, { timeoutMs: 5 })).toBe(true);
  });

  it('works when its count wraps around', async () => {
    const { region } = allocateSignal(arena);
    region.words()[0] = 2 ** 32 - 1;
    const signal = new Signal(region, futexSleeper);
    expect(signal.count).toBe(2 ** 32 - 1);
    const waiting = signal.wait(2 ** 32 - 1, { timeoutMs: 10_000 });
    signal.notify();
    expect(await waiting).toBe(true);
    expect(signal.count).toBe(0);
  });
});

describe('a signal with a doorbell', () => {
  it('wakes by a message, and sends none while the waiter is awake', async () => {
    const { region } = allocateSignal(arena);
    const { port1, port2 } = new MessageChannel();
    let messages = 0;
    const notifier = new Signal(region, doorbellSleeper(port1));
    const waiter = new Signal(region, doorbellSleeper(port2));
    port2.on('message', () => {
      messages += 1;
    });
    notifier.notify();
    expect(await waiter.wait(0, { timeoutMs: 10_000 })).toBe(true);
    expect(messages).toBe(0);
    for (let round = 1; round < 50; round += 1) {
      const waiting = waiter.wait(round, { timeoutMs: 10_000, spinUs: 0 });
      if (round % 2) await new Promise((resolve) => setImmediate(resolve)); // asleep, or just about to be
      notifier.notify();
      expect(await waiting).toBe(true);
    }
    expect(messages).toBeGreaterThan(0);
    expect(await waiter.wait(50, { timeoutMs: 5 })).toBe(false);
    port1.close();
  });
});

describe('a named semaphore', () => {
  it('lets its count through, and one more for each post, between processes', async () => {
    using semaphore = NamedSemaphore.create(2);
    expect([semaphore.tryWait(), semaphore.tryWait(), semaphore.tryWait()]).toEqual([true, true, false]);
    expect(await semaphore.wait(5)).toBe(false);
    expect(semaphore.waitBlocking(5)).toBe(false);
    const waiting = semaphore.wait(10_000);
    await peer.ask({ do: 'post', name: semaphore.name });
    expect(await waiting).toBe(true);
    peer.send({ do: 'post', name: semaphore.name });
    expect(semaphore.waitBlocking(10_000)).toBe(true);
    await peer.receive();
    const taking = peer.ask({ do: 'take', name: semaphore.name });
    semaphore.post();
    expect(await taking).toEqual({ result: true });
    expect(semaphore.value).toBe(0);
    semaphore.unlink();
    semaphore.unlink();
    expect(namesOf(process.pid).filter((name) => name.startsWith('sem.'))).toEqual([]);
    expect(await peer.ask({ do: 'post', name: semaphore.name })).toMatchObject({
      error: expect.stringMatching('ENOENT'),
    });
  });
});

describe('a robust mutex', () => {
  it('is recovered when the process that held it was killed', async () => {
    const region = arena.allocate('read-write', mutexBytes, 64);
    const mutex = new RobustMutex(region, { initialise: true });
    expect(await mutex.lock(100)).toEqual({ recovered: false });
    expect(mutex.tryLock()).toBeUndefined();
    const locking = peer.ask({ do: 'lock', region: region.descriptor });
    mutex.unlock();
    expect(await locking).toEqual({ result: 'locked' });
    await expect(mutex.lock(5)).rejects.toThrow('ETIMEDOUT');
    expect(mutex.lockBlocking(5)).toBeUndefined();
    const recovering = mutex.lock(10_000);
    await peer.kill();
    expect(await recovering).toEqual({ recovered: true });
    mutex.unlock();
    expect(mutex.lockBlocking(100)).toEqual({ recovered: false });
    mutex.unlock();
  });

  it('refuses memory in which a less trusted process could set its pointers', async () => {
    using sealed = await Arena.create({ label: 'sealed' });
    const region = sealed.allocate('read-write', mutexBytes, 64);
    expect(() => new RobustMutex(region, { initialise: true })).toThrow('must not be in a sealed segment');
  });
});
