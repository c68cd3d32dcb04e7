import * as v from 'valibot';
import { expect, it } from 'vitest';
import { connect } from '../connect.ts';
import { contract, stream } from '../contract.ts';
import { serve } from '../serve.ts';
import { memoryPair } from '../testing/memory-pair.ts';

const source = contract('source', {
  version: 1,
  server: 'one side',
  caller: 'the other',
  trust: 'full',
  lifetime: 'a test',
  streams: {
    many: stream({ item: v.string(), highWaterMark: 64 }),
    slow: stream({ item: v.number(), highWaterMark: 64 }),
    reused: stream({ item: v.strictObject({ count: v.number(), list: v.array(v.number()) }), highWaterMark: 64 }),
    binary: stream({ item: v.instance(Uint8Array), highWaterMark: 64 }),
  },
});

function open(text: string) {
  const [mine, theirs] = memoryPair();
  let next = (): void => undefined;
  const served = serve(
    source,
    theirs,
    {
      many: async function* () {
        for (let count = 0; count < 640; count++) yield text;
      },
      reused: async function* () {
        const item = { count: 0, list: [0] };
        for (; item.count < 10; item.count++) {
          item.list[0] = item.count;
          yield item;
        }
      },
      binary: async function* () {
        const item = new Uint8Array(4);
        for (let count = 0; count < 10; count++) yield item.fill(count);
      },
      slow: async function* () {
        for (let count = 0; ; count++) {
          yield count;
          await new Promise<void>((resolve) => {
            next = resolve;
          });
        }
      },
    },
    { heartbeat: false },
  );
  return { served, remote: connect(source, mine, { heartbeat: false }), next: () => next() };
}

it('sends the items that a generator yields in one turn in one message, if there is room', async () => {
  const { remote, served } = open('short');
  let read = 0;
  for await (const item of remote.stream.many()) read += item.length > 0 ? 1 : 0;
  expect(read).toBe(640);
  // Messages: one for each credit of 32 to 64 items, a welcome, an end.
  expect(served.counters.sent.messages).toBeLessThan(30);
  remote.close();
});

it('splits many large items into several messages', async () => {
  const { remote, served } = open('x'.repeat(40_000));
  for await (const _item of remote.stream.many());
  expect(served.counters.sent.messages).toBeGreaterThan(320);
  remote.close();
});

it('sends a single item without delay', async () => {
  const { remote, next } = open('');
  const items = remote.stream.slow();
  for (let expected = 0; expected < 5; expected++) {
    expect(await items.next()).toEqual({ done: false, value: expected });
    next();
  }
  await items.return?.();
  remote.close();
});

it('sends items as they were yielded, even if the source changes them later', async () => {
  const { remote } = open('');
  const counts: number[] = [];
  for await (const { count, list } of remote.stream.reused()) counts.push(count, list[0] ?? -1);
  expect(counts).toEqual(Array.from({ length: 20 }, (_, index) => index >> 1));
  const bytes: number[] = [];
  for await (const item of remote.stream.binary()) bytes.push(item[0] ?? -1);
  expect(bytes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  remote.close();
});
