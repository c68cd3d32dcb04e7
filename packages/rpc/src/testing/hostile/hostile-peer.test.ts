import * as comlink from 'comlink';
import { expect, it } from 'vitest';
import { newer, trusting, wary } from '../transport/suite-contract.ts';
import { describeHostilePeer, unharmed } from './describe-hostile-peer.ts';

describeHostilePeer(wary, { runs: 500 });
describeHostilePeer(trusting, { runs: 300 });
describeHostilePeer(newer, { runs: 50 });

it('would fail without a guard', async () => {
  const reached: unknown[] = [];
  let listener: (event: { data: unknown }) => void = () => undefined;
  comlink.expose(
    { ping: (value: unknown) => reached.push(value) },
    {
      addEventListener: (_type: string, own: unknown) => {
        listener = own as typeof listener;
      },
      removeEventListener: () => undefined,
      postMessage: () => undefined,
    },
  );
  const raw = (value: unknown) => ({ type: 'RAW', value });
  listener({ data: { id: 'a', type: 'SET', path: ['__proto__', 'polluted'], value: raw(true) } });
  try {
    await expect(unharmed([])).rejects.toThrow();
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
  await unharmed([]);
});
