import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamContext } from '@bulkhead/rpc/contract';

interface Changing {
  on(event: 'changed', listener: () => void): unknown;
  off(event: 'changed', listener: () => void): unknown;
}

/**
 * Returns a handler of a stream: it sends a state now, and again after each `changed`, until the reader goes. A slow
 * reader gets only the newest state. A state that cannot be read ends the stream.
 */
export const followState =
  <State>(emitter: Changing, read: () => State | Promise<State>) =>
  async ({ sink }: StreamContext<State>): Promise<void> => {
    const failed = Promise.withResolvers<never>();
    const send = () => (async () => sink.latest(await read()))().catch(failed.reject);
    emitter.on('changed', send);
    try {
      void send();
      await Promise.race([sink.closed, failed.promise]);
    } finally {
      emitter.off('changed', send);
    }
  };

/** Returns a handler of a stream: it sends a sample now, and one each `periodMs` after the one before was read. */
export const sampleEvery = <Sample>(periodMs: number, read: () => Promise<Sample>) =>
  async function* ({ signal }: { signal: AbortSignal }): AsyncGenerator<Sample, void> {
    while (!signal.aborted) {
      yield await read();
      await sleep(periodMs, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
    }
  };
