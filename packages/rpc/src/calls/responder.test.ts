import * as v from 'valibot';
import { expect, it } from 'vitest';
import { call, contract } from '../contract.ts';
import { serve } from '../index.ts';
import { HandEndpoint } from '../testing/hand-endpoint.ts';
import { Kind } from '../wire/messages.ts';

const shop = contract('shop', {
  version: 1,
  server: 'browser',
  caller: 'tab',
  trust: 'none',
  lifetime: 'a test',
  calls: { price: call({ input: [v.string()], output: v.number() }) },
});

function openShop(price: (what: string) => number | Promise<number>) {
  const endpoint = new HandEndpoint();
  const served = serve(shop, endpoint, { price }, { heartbeat: false });
  endpoint.receive([Kind.Hello, 'shop', 1]);
  endpoint.posted.length = 0;
  return { endpoint, served, priceCounters: served.counters.methods[0] };
}

it('sends the immediate result of a handler at once, and only once', async () => {
  const { endpoint, served, priceCounters } = openShop((what) => what.length);
  endpoint.receive([Kind.Call, 1, 'price', ['pear']]);
  expect(endpoint.posted).toEqual([[Kind.Reply, 1, 4]]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(endpoint.posted).toHaveLength(1);
  expect(priceCounters).toMatchObject({ inFlight: 0, errors: 0, latency: { count: 1 } });
  served.close();
});

it('lets Comlink wait for the promise of a handler, resolved or rejected', async () => {
  const { endpoint, served, priceCounters } = openShop(async (what) => {
    if (what === '') throw new RangeError('nothing has no price');
    return what.length;
  });
  endpoint.receive([Kind.Call, 1, 'price', ['pear']]);
  endpoint.receive([Kind.Call, 2, 'price', ['']]);
  expect(endpoint.posted).toEqual([]);
  await expect
    .poll(() => endpoint.posted)
    .toMatchObject([
      [Kind.Reply, 1, 4],
      [Kind.Fail, 2, {}],
    ]);
  expect(priceCounters).toMatchObject({ inFlight: 0, errors: 1 });
  served.close();
});

it('does not answer when the handler closes the port', async () => {
  const { endpoint, served, priceCounters } = openShop((what) => {
    served.close();
    return what.length;
  });
  endpoint.receive([Kind.Call, 1, 'price', ['pear']]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(endpoint.posted).toEqual([[Kind.Bye]]);
  expect(priceCounters).toMatchObject({ inFlight: 0 });
});
