import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Death } from '../errors.ts';
import { Departure } from './departure.ts';
import { withResolvers } from './resolvers.ts';

const killed: Death = { how: 'was killed (signal 9)', signal: 9 };
let gone: Death[];
let received: number;

beforeEach(() => {
  vi.useFakeTimers();
  gone = [];
  received = 0;
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function start(owner?: Promise<Death>): Departure {
  const departure = new Departure(
    owner,
    () => received,
    (death) => gone.push(death),
  );
  departure.start();
  return departure;
}

describe('Departure', () => {
  it('without an owner, reports a closed port as the death, after its event', async () => {
    start().portClosed();
    expect(gone).toEqual([]);
    await vi.runAllTimersAsync();
    expect(gone).toEqual([{ how: 'is gone: its port closed' }]);
  });

  it('waits for the reason when the port closes first', async () => {
    const { promise, resolve } = withResolvers<Death>();
    start(promise).portClosed();
    await vi.advanceTimersByTimeAsync(50);
    expect(gone).toEqual([]);
    resolve(killed);
    await vi.advanceTimersByTimeAsync(1);
    expect(gone).toEqual([killed]);
  });

  it('does not wait for a reason that does not come', async () => {
    start(new Promise(() => undefined)).portClosed();
    await vi.advanceTimersByTimeAsync(250);
    expect(gone).toEqual([{ how: 'is gone: its port closed' }]);
  });

  it('delivers the messages of a dead process before it reports the death', async () => {
    start(Promise.resolve(killed));
    for (let second = 0; second < 5; second++) {
      received += 1;
      await vi.advanceTimersByTimeAsync(199);
      expect(gone).toEqual([]);
    }
    await vi.advanceTimersByTimeAsync(400);
    expect(gone).toEqual([killed]);
  });

  it('ends at once when the port closes after the death', async () => {
    const departure = start(Promise.resolve(killed));
    await vi.advanceTimersByTimeAsync(10);
    departure.portClosed();
    await vi.advanceTimersByTimeAsync(1);
    expect(gone).toEqual([killed]);
  });

  it('reports nothing after the connection has ended for another reason', async () => {
    const { promise, resolve } = withResolvers<Death>();
    const departure = start(promise);
    departure.portClosed();
    departure.stop();
    resolve(killed);
    await vi.runAllTimersAsync();
    expect(gone).toEqual([]);
  });

  it('treats an owner whose promise rejects like a closed port', async () => {
    start(Promise.reject(new Error('do not know')));
    await vi.advanceTimersByTimeAsync(250);
    expect(gone).toEqual([{ how: 'is gone: its port closed' }]);
  });
});
