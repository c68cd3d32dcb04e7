import { connect } from '../../connect.ts';
import { check, equal, rejects, until } from './check.ts';
import { trusting } from './suite-contract.ts';
import type { TransportTest } from './transport.ts';

const beat = { heartbeat: false, peer: { name: 'the server' } } as const;
const numbers = (to: number) => Array.from({ length: to }, (_, n) => n);

export const pushAndStreamTests: TransportTest[] = [
  {
    name: 'delivers pushes in order, also relative to calls',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      for (const n of numbers(500)) remote.push.note(n);
      equal((await remote.call.state()).notes, numbers(500), 'the notes');
      const ticks: number[] = [];
      const stop = remote.on.tick((n) => ticks.push(n));
      remote.push.tickTo(500);
      await until(() => ticks.length === 500, 'the ticks');
      equal(ticks, numbers(500), 'the ticks');
      stop();
      remote.push.tickTo(1);
      await remote.call.title();
      equal(ticks.length, 500, 'the ticks after stopping');
      equal(remote.counters.unheardPushes, 1, 'pushes without a listener');
      remote.close();
    },
  },
  {
    name: 'streams in order, to the end',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const items: number[] = [];
      for await (const item of remote.stream.count(100)) items.push(item);
      equal(items, numbers(100), 'the items');
      equal((await remote.call.state()).finished, 1, 'generators finished');
      remote.close();
    },
  },
  {
    name: 'never runs ahead of a slow reader by more than its room',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const stream = remote.stream.endless(undefined as never);
      equal(await stream.next(), { done: false, value: 0 }, 'the first item');
      await until(async () => (await remote.call.state()).produced >= 8, 'the source to fill the room');
      for (const item of numbers(20).slice(1)) {
        equal(await stream.next(), { done: false, value: item }, 'an item');
        const { produced } = await remote.call.state();
        check(produced <= item + 1 + 8 + 1, `at most 8 items ahead of ${item}, not ${produced - item - 1}`);
      }
      await stream.return?.();
      remote.close();
    },
  },
  {
    name: 'stops the source when the reader leaves',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      for await (const item of remote.stream.endless()) if (item === 20) break;
      await until(async () => (await remote.call.state()).finished === 1, 'the generator to finish');
      const { produced } = await remote.call.state();
      await remote.call.title();
      equal((await remote.call.state()).produced, produced, 'items produced afterwards');
      remote.close();
    },
  },
  {
    name: 'ends a stream by its signal with the reason',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const controller = new AbortController();
      const stream = remote.stream.endless({ signal: controller.signal });
      await stream.next();
      controller.abort(new Error('enough'));
      await rejects(stream.next(), { message: 'enough' });
      equal(await stream.next(), { done: true, value: undefined }, 'what comes after');
      await until(async () => (await remote.call.state()).finished === 1, 'the generator to finish');
      remote.close();
    },
  },
  {
    name: 'delivers the items of a stream before its error',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const items: number[] = [];
      const read = async () => {
        for await (const item of remote.stream.failing()) items.push(item);
      };
      await rejects(read(), { name: 'RangeError', message: 'no fourth' });
      equal(items, [0, 1, 2], 'the items');
      remote.close();
    },
  },
  {
    name: 'skips outdated items, but never the last one',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      const items: number[] = [];
      for await (const item of remote.stream.newest()) items.push(item);
      equal(items.at(-1), 99, 'the last item');
      check(items.length < 100, 'fewer than all');
      remote.close();
    },
  },
  {
    name: 'opens no stream before it is read',
    run: async ({ open }) => {
      const remote = connect(trusting, await open('trusting'), beat);
      remote.stream.endless();
      equal((await remote.call.state()).produced, 0, 'items produced');
      remote.close();
    },
  },
];
