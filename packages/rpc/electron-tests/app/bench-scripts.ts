import * as v from 'valibot';
import { call, contract, push, stream } from '../../src/contract.ts';
import { connect, serve } from '../../src/index.ts';
import { compare } from './compare.ts';
import type { RawPort, Script } from './process.ts';

export const request = v.strictObject({
  address: v.pipe(v.string(), v.maxLength(2048)),
  tab: v.pipe(v.number(), v.integer()),
  background: v.boolean(),
});
export const reply = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), tab: v.number() }),
  v.strictObject({ ok: v.literal(false), reason: v.string() }),
]);

const about = {
  version: 1,
  server: 'server',
  caller: 'caller',
  trust: 'none',
  serverTrust: 'limited',
  lifetime: 'one bench',
} as const;

/** Contract of an untrusted caller, as a tab is for the browser, so every check is on. Only the rate limit differs. */
const bench = contract('bench', {
  ...about,
  limits: { messagesPerSecond: 1_000_000 },
  calls: { open: call({ input: [request], output: reply }) },
  streams: { items: stream({ input: [v.number()], item: request, highWaterMark: 256 }) },
});

/** Contract of an untrusted caller with the default limits. */
const limited = contract('limited', { ...about, pushes: { toServer: { item: push([request]) } } });

const payload = { address: 'https://example.org/a/page?with=query', tab: 7, background: false };
/** Time between two batches of a flood, ms. */
const floodStepMs = 5;
const quiet = { heartbeat: false } as const;

export const benchScripts: Readonly<Record<string, Script>> = {
  /** Answers on the first port directly, and sends pushes there on request. Serves the contract on the second port. */
  'bench-serve': (process, [raw, guarded]) => {
    const port = process.raw(raw);
    port.onMessage((message) => {
      if (typeof message !== 'number') port.post({ ok: true, tab: (message as typeof payload).tab });
      else for (let index = 0; index < message; index++) port.post(payload);
    });
    port.start();
    serve(
      bench,
      process.endpoint(guarded),
      {
        open: ({ tab }) => ({ ok: true, tab }),
        items: async function* (count) {
          for (let index = 0; index < count; index++) yield payload;
        },
      },
      quiet,
    );
  },

  'bench-serve-limited': (process, [port]) => {
    serve(limited, process.endpoint(port), { item: () => undefined }, quiet);
  },

  /** Measures round trips, us: raw, by call and, if available, by invoke. All carry the same data. */
  'bench-call': async (process, [raw, guarded], samples) => {
    const port = process.raw(raw);
    const ask = rawAsk(port);
    const remote = connect(bench, process.endpoint(guarded), quiet);
    await remote.opened;
    const { invoke } = process;
    const trips = await compare(Number(samples), {
      floor: () => ask(payload),
      ours: () => remote.call.open(payload),
      ...(invoke && { invoke: () => invoke(payload) }),
    });
    remote.close();
    port.close();
    return trips;
  },

  /** Measures items a second, alternately pushed raw and streamed. */
  'bench-stream': async (process, [raw, guarded], rounds) => {
    const count = 10_000;
    const port = process.raw(raw);
    let arrived = 0;
    let done: () => void = () => undefined;
    port.onMessage(() => {
      arrived += 1;
      if (arrived === count) done();
    });
    port.start();
    const remote = connect(bench, process.endpoint(guarded), quiet);
    await remote.opened;
    const samples = { ours: [] as number[], floor: [] as number[] };
    // The first rounds do not count: V8 is still compiling.
    for (let round = -5; round < Number(rounds); round++) {
      const startedAt = performance.now();
      arrived = 0;
      await new Promise<void>((resolve) => {
        done = resolve;
        port.post(count);
      });
      const betweenAt = performance.now();
      for await (const _item of remote.stream.items(count));
      const endedAt = performance.now();
      if (round < 0) continue;
      samples.floor.push((count * 1000) / (betweenAt - startedAt));
      samples.ours.push((count * 1000) / (endedAt - betweenAt));
    }
    remote.close();
    port.close();
    return samples;
  },

  /** Measures round trips by call, us, one after the other, for so many ms. */
  'bench-latency': async (process, [guarded], ms) => {
    const remote = connect(bench, process.endpoint(guarded), quiet);
    await remote.opened;
    if (!globalThis.crossOriginIsolated) throw new Error('the clock of this page is too coarse for one round trip');
    const latencies: number[] = [];
    for (const endsAt = performance.now() + Number(ms); performance.now() < endsAt; ) {
      const startedAt = performance.now();
      await remote.call.open(payload);
      latencies.push((performance.now() - startedAt) * 1000);
    }
    remote.close();
    return latencies;
  },

  /** Sends 10,000 messages a second for so many ms, as a misbehaving page could. Returns the number sent. */
  'bench-flood': async (process, [raw], ms) => {
    const port = process.raw(raw);
    port.onMessage(() => undefined);
    port.start();
    port.post([0, 'limited', 1]);
    const startedAt = performance.now();
    let sent = 0;
    for (let elapsedMs = 0; elapsedMs < Number(ms); elapsedMs = performance.now() - startedAt) {
      for (; sent < 10 * elapsedMs; sent++) port.post([10, 'item', [payload]]);
      await new Promise((resolve) => setTimeout(resolve, floodStepMs));
    }
    port.close();
    return sent;
  },
};

function rawAsk(port: RawPort): (message: unknown) => Promise<unknown> {
  let resolve: (message: unknown) => void = () => undefined;
  port.onMessage((message) => resolve(message));
  port.start();
  return (message) =>
    new Promise((onReply) => {
      resolve = onReply;
      port.post(message);
    });
}
