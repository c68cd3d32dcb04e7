import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect, type Remote } from '../connect.ts';
import { call, contract, portSnapshot, push, stream } from '../contract.ts';
import { openConnections } from '../link/registry.ts';
import { type Served, serve } from '../serve.ts';
import { memoryPair } from '../testing/memory-pair.ts';
import type { Envelope } from './counters.ts';
import { snapshotPort } from './snapshot.ts';
import { tapAll } from './taps.ts';

const demo = contract('demo', {
  version: 1,
  server: 'browser',
  caller: 'tab',
  trust: 'none',
  lifetime: 'a test',
  calls: { length: call({ input: [v.instance(Uint8Array)], output: v.number() }), fail: call() },
  pushes: { toCaller: { tick: push([v.string()]) } },
  streams: { items: stream({ item: v.number() }) },
});

let remote: Remote<typeof demo>;
let served: Served<typeof demo>;
let failures: unknown[];
const onHandlerError = (error: unknown) => void failures.push(error);

beforeEach(async () => {
  failures = [];
  const [mine, theirs] = memoryPair();
  served = serve(
    demo,
    theirs,
    {
      length: (data) => data.byteLength,
      fail: () => {
        throw new Error('no');
      },
      items: async function* () {
        yield* [1, 2, 3];
      },
    },
    { heartbeat: false, peer: { name: 'tab 7', pid: 77 }, onHandlerError },
  );
  remote = connect(demo, mine, { heartbeat: false, onHandlerError });
  await remote.opened;
});
afterEach(() => remote.close());

it('counts by method on both ends: messages, bytes, errors, latency', async () => {
  await remote.call.length(new Uint8Array(1000));
  await remote.call.length(new Uint8Array(500));
  await expect(remote.call.fail()).rejects.toThrow();
  for await (const _item of remote.stream.items());
  for (const { counters } of [remote, served]) {
    const of = (method: string) => counters.methods.find((candidate) => candidate.method === method);
    expect(of('length')).toMatchObject({ kind: 'call', messages: 4, errors: 0, inFlight: 0 });
    // Two lists of one array each, and two numbers: 8 bytes for each part.
    expect(of('length')?.bytes).toBe(1500 + 2 * 2 * 8 + 2 * 8);
    expect(of('length')?.latency.count).toBe(2);
    expect(of('fail')).toMatchObject({ messages: 2, errors: 1, inFlight: 0 });
    expect(of('items')).toMatchObject({ messages: 4, inFlight: 0 });
  }
  expect(served.counters.received.bytes).toBeGreaterThan(1500);
  expect(remote.counters.sent.bytes).toBe(served.counters.received.bytes);
});

it('passes envelopes to taps, with payloads only on request', async () => {
  const seen: Envelope[] = [];
  const payloads: unknown[] = [];
  const stops = [
    served.tap((envelope) => seen.push(envelope)),
    served.tap(({ payload }) => payloads.push(payload), { payload: true }),
  ];
  await remote.call.length(new Uint8Array(3));
  served.push.tick('now');
  for (const stop of stops) stop();
  served.push.tick('unseen');
  expect(seen).toMatchObject([
    { contract: 'demo', from: 'tab 7', to: 'browser', direction: 'in', kind: 'call', method: 'length' },
    { from: 'browser', to: 'tab 7', direction: 'out', kind: 'reply', method: 'length', latencyMs: expect.any(Number) },
    { from: 'browser', to: 'tab 7', direction: 'out', kind: 'push', method: 'tick' },
  ]);
  expect(seen.every((envelope) => !('payload' in envelope))).toBe(true);
  expect(payloads).toEqual([[new Uint8Array(3)], 3, ['now']]);
});

it('watches every port at once', async () => {
  const seen: string[] = [];
  const stop = tapAll(({ direction, kind }) => seen.push(`${direction} ${kind}`));
  await remote.call.length(new Uint8Array(3));
  stop();
  await remote.call.length(new Uint8Array(3));
  expect(seen.sort()).toEqual(['in call', 'in reply', 'out call', 'out reply']);
});

it('lists every open port in a form that a contract can carry', async () => {
  await remote.call.length(new Uint8Array(3));
  const snapshots = openConnections().map((connection) => v.parse(portSnapshot, snapshotPort(connection)));
  expect(snapshots).toMatchObject([
    { contract: 'demo', role: 'server', peer: { name: 'tab 7', pid: 77, responsive: true } },
    { contract: 'demo', role: 'caller', peer: { name: 'browser', pid: null } },
  ]);
  expect(snapshots[0]?.methods[0]).toMatchObject({ method: 'length', messages: 2, latency: { count: 1 } });
});

it('survives a tap that throws', async () => {
  const stop = tapAll(() => {
    throw new Error('a bad watcher');
  });
  await expect(remote.call.length(new Uint8Array(3))).resolves.toBe(3);
  stop();
  expect(failures).toHaveLength(4);
});
