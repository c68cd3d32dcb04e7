import * as v from 'valibot';
import { call, contract, push, stream } from '../../src/contract.ts';
import { connect, serve } from '../../src/index.ts';
import type { RawPort, Script } from './process.ts';

const request = v.strictObject({
  address: v.pipe(v.string(), v.maxLength(2048)),
  tab: v.pipe(v.number(), v.integer()),
  background: v.boolean(),
});
const reply = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), tab: v.number() }),
  v.strictObject({ ok: v.literal(false), reason: v.string() }),
]);

/** What a tab is to the browser: the least trusted caller, so every check is on. Only the rate is the bench's own. */
export const benchContract = contract('bench', {
  version: 1,
  server: 'server',
  caller: 'caller',
  trust: 'none',
  serverTrust: 'limited',
  lifetime: 'one bench',
  limits: { messagesPerSecond: 1_000_000 },
  calls: { open: call({ input: [request], output: reply }) },
  pushes: { toServer: { item: push([request]) }, toCaller: {} },
  streams: { items: stream({ input: [v.number()], item: request, highWaterMark: 256 }) },
});

const tripsPerSample = 20;
const payload = { address: 'https://example.org/a/page?with=query', tab: 7, background: false };

export const benchScripts: Readonly<Record<string, Script>> = {
  /** Echoes on the first port with nothing in between, serves on the second. */
  'bench-serve': (process, [raw, guarded]) => {
    const port = process.raw(raw);
    port.onMessage((message) => port.post(message));
    port.start();
    serve(
      benchContract,
      process.endpoint(guarded),
      {
        open: ({ tab }) => ({ ok: true, tab }),
        item: () => undefined,
        items: async function* (count) {
          for (let index = 0; index < count; index++) yield payload;
        },
      },
      { heartbeat: false },
    );
  },
  /** Round trips in microseconds, taken alternately. */
  'bench-call': async (process, [raw, guarded], rounds) => {
    const port = process.raw(raw);
    const ask = rawAsk(port);
    const remote = connect(benchContract, process.endpoint(guarded), { heartbeat: false });
    await remote.opened;
    const samples: { ours: number[]; floor: number[]; invoke: number[] } = { ours: [], floor: [], invoke: [] };
    // A page's clock has steps of 0.1 ms: several round trips a sample.
    const timed = async (into: number[], run: () => Promise<unknown>) => {
      const startedAt = performance.now();
      for (let trip = 0; trip < tripsPerSample; trip++) await run();
      into.push(((performance.now() - startedAt) * 1000) / tripsPerSample);
    };
    for (let round = 0; round < Number(rounds); round++) {
      await timed(samples.floor, () => ask(payload));
      await timed(samples.ours, () => remote.call.open(payload));
      if (process.invoke) await timed(samples.invoke, () => process.invoke?.(payload) ?? Promise.resolve());
    }
    remote.close();
    port.close();
    return samples;
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
