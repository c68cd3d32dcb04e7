import { release } from '../../calls/callbacks.ts';
import { connect } from '../../connect.ts';
import { check, equal, until } from './check.ts';
import { trusting } from './suite-contract.ts';
import type { TransportTest } from './transport.ts';

const beat = { heartbeat: false, peer: { name: 'the server' } } as const;

export const handleTests: TransportTest[] = [
  {
    name: 'calls back, one way and for a reply',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const told: number[] = [];
      const sum = await remote.call.callBack(
        5,
        (n) => void told.push(n),
        async (n) => n * 10,
      );
      equal(sum, 100, 'the sum');
      equal(told, [0, 1, 2, 3, 4], 'what was told');
      remote.close();
    },
  },
  {
    name: 'rejects with the error that a callback threw',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const failing = remote.call.callBack(
        1,
        () => undefined,
        () => {
          throw new RangeError('not today');
        },
      );
      const error = await failing.catch((reason: unknown) => reason);
      check(error instanceof Error && error.message === 'not today', 'the error of the callback');
      remote.close();
    },
  },
  {
    name: 'keeps a callback after its call has ended',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const heard: string[] = [];
      await remote.call.keep((text) => void heard.push(text));
      remote.push.ring('one');
      remote.push.ring('two');
      await until(() => heard.length === 2, 'the callback');
      equal(heard, ['one', 'two'], 'what was heard');
      remote.close();
    },
  },
  {
    name: 'carries functions in replies, until they are released',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const { next } = await remote.call.counter();
      equal(await next(), 1, 'the first');
      equal(await next(), 2, 'the second');
      release(next);
      const error = await next().catch((reason: unknown) => reason);
      check(error instanceof Error && /has been released/.test(error.message), 'a refusal');
      equal(await remote.call.title(), 'a title', 'the next call');
      remote.close();
    },
  },
  {
    name: 'moves ports to the other side',
    needs: 'channel',
    run: async ({ open, channel }) => {
      if (!channel) return;
      const remote = connect(trusting, await open('trusting'), beat);
      const pairs = [channel(), channel()];
      const heard = pairs.map(
        ({ kept }) =>
          new Promise((resolve) => {
            kept.onMessage(resolve);
            kept.onClose(() => undefined);
            kept.start();
          }),
      );
      equal(await remote.call.adopt({ ports: pairs.map(({ sent }) => sent) }), 2, 'ports adopted');
      for (const [index, { kept }] of pairs.entries()) kept.post(`to ${index}`, []);
      equal(await Promise.all(heard), ['to 0', 'to 1'], 'the echoes');
      for (const { kept } of pairs) kept.close();
      remote.close();
    },
  },
];
