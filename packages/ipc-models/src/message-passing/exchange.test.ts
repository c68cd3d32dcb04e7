import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exchange, ExchangeClosedError, type SendMode } from './exchange.ts';

/** Resolves to true if a promise has settled by the end of this turn. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise.catch(() => undefined), Promise.resolve(pending)])) !== pending;
}

describe('an exchange without room', () => {
  it('makes the first of sender and receiver wait for the second', async () => {
    const exchange = new Exchange<string>(0);
    const send = exchange.send('a', 'accepted');
    expect(await settled(send)).toBe(false);
    expect(await exchange.receive('message')).toEqual({ lane: '', message: 'a' });
    expect(await send).toBe('sent');

    const receive = exchange.receive('message');
    expect(await settled(receive)).toBe(false);
    expect(await exchange.send('b', 'accepted')).toBe('sent');
    expect(await receive).toEqual({ lane: '', message: 'b' });
  });

  it('refuses a send or receive that does not wait', async () => {
    const exchange = new Exchange<string>(0);
    expect(await exchange.send('a', 'never')).toBe('full');
    expect(await exchange.receive('never')).toBe(null);
  });
});

describe('an exchange with room for two', () => {
  it('makes the third sender wait until there is room', async () => {
    const exchange = new Exchange<number>(2);
    await Promise.all([exchange.send(1, 'accepted'), exchange.send(2, 'accepted')]);
    const third = exchange.send(3, 'accepted');
    expect(await settled(third)).toBe(false);
    expect(exchange).toMatchObject({ length: 2, waitingSenders: 1 });
    expect((await exchange.receive('message'))?.message).toBe(1);
    expect(await third).toBe('sent');
    expect(exchange.length).toBe(2);
  });

  it('makes a rendezvous wait for a receiver even if there is room', async () => {
    const exchange = new Exchange<string>(2);
    const meeting = exchange.send('a', 'received');
    expect(await settled(meeting)).toBe(false);
    await exchange.receive('message');
    expect(await meeting).toBe('sent');
  });

  it('forgets a cancelled wait, and gives its room to the next sender', async () => {
    const exchange = new Exchange<string>(1);
    const controller = new AbortController();
    const meeting = exchange.send('a', 'received', '', controller.signal);
    const next = exchange.send('b', 'accepted');
    expect(await settled(next)).toBe(false);
    controller.abort(new Error('enough'));
    await expect(meeting).rejects.toThrow('enough');
    expect(await next).toBe('sent');
    const abandoned = exchange.send('c', 'accepted', '', AbortSignal.abort(new Error('at once')));
    await expect(abandoned).rejects.toThrow('at once');
    expect((await exchange.receive('never'))?.message).toBe('b');
    expect(await exchange.receive('never')).toBe(null);
  });

  it('rejects all waits when it closes, and keeps held messages unless `forget` is set', async () => {
    for (const forget of [false, true]) {
      const exchange = new Exchange<number>(1);
      await exchange.send(1, 'accepted');
      const waiting = exchange.send(2, 'accepted');
      const meeting = exchange.send(3, 'received');
      exchange.close('the end', { forget });
      await expect(waiting).rejects.toThrow(ExchangeClosedError);
      await expect(meeting).rejects.toThrow('the end');
      await expect(exchange.send(4, 'never')).rejects.toThrow('the end');
      if (!forget) expect((await exchange.receive('never'))?.message).toBe(1);
      await expect(exchange.receive('message')).rejects.toThrow('the end');
    }
  });
});

describe('any exchange', () => {
  type Step =
    | { kind: 'send'; lane: string; mode: SendMode }
    | { kind: 'receive'; lane: string | undefined; wait: boolean }
    | { kind: 'abort'; which: number };
  const lane = fc.constantFrom('a', 'b');
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constant('send'), lane, mode: fc.constantFrom('accepted', 'received', 'never') }),
    fc.record({ kind: fc.constant('receive'), lane: fc.option(lane, { nil: undefined }), wait: fc.boolean() }),
    fc.record({ kind: fc.constant('abort'), which: fc.nat() }),
  ) as fc.Arbitrary<Step>;

  it('neither loses nor duplicates messages, keeps the order of each lane, and respects its capacity', async () => {
    const capacity = fc.constantFrom(0, 1, 3, Number.POSITIVE_INFINITY);
    await fc.assert(
      fc.asyncProperty(capacity, fc.array(step, { maxLength: 40 }), async (most, steps) => {
        const exchange = new Exchange<number>(most);
        const controllers: AbortController[] = [];
        const sent: { lane: string; number: number; outcome: Promise<string> }[] = [];
        const received: { lane: string; number: number }[] = [];
        const receiving: Promise<unknown>[] = [];
        let last = 0;
        for (const one of steps) {
          if (one.kind === 'abort') {
            controllers[one.which % Math.max(1, controllers.length)]?.abort();
          } else {
            const controller = new AbortController();
            controllers.push(controller);
            if (one.kind === 'send') {
              const number = ++last;
              const outcome = exchange.send(number, one.mode, one.lane, controller.signal).catch(() => 'aborted');
              sent.push({ lane: one.lane, number, outcome });
            } else {
              const mode = one.wait ? 'message' : 'never';
              const receive = exchange.receive(mode, one.lane, controller.signal).then(
                (result) => result && received.push({ lane: result.lane, number: result.message }),
                () => undefined,
              );
              receiving.push(receive);
            }
          }
          expect(exchange.length).toBeLessThanOrEqual(2 * most);
          if (most === 0) expect(exchange.length).toBe(0);
        }
        // Take out the held messages, then reject the waits that remain.
        await new Promise((resolve) => setImmediate(resolve));
        for (let left = await exchange.receive('never'); left; left = await exchange.receive('never')) {
          received.push({ lane: left.lane, number: left.message });
        }
        exchange.close('over');
        await Promise.all(receiving);
        const outcomes = await Promise.all(sent.map(async ({ outcome, ...of }) => ({ ...of, outcome: await outcome })));
        const delivered = outcomes.filter(({ outcome }) => outcome === 'sent');
        expect(received.map(({ number }) => number).sort()).toEqual(delivered.map(({ number }) => number).sort());
        for (const of of ['a', 'b']) {
          const numbers = received.filter((one) => one.lane === of).map(({ number }) => number);
          expect(numbers).toEqual(numbers.toSorted((x, y) => x - y));
        }
        expect(exchange).toMatchObject({ length: 0, waitingSenders: 0, waitingReceivers: 0 });
      }),
      { numRuns: 300 },
    );
  });
});
