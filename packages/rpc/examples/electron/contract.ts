import { call, contract, push, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/**
 * Declares what a page may ask of the browser process. Served by main.ts, called by preload.ts: UNTRUSTED caller. Each
 * window has one port, which closes with the window. The port says which window it is, so no method takes an id.
 */
export const pageHost = contract('page-host', {
  version: 1,
  server: 'browser',
  caller: 'page',
  trust: 'none',
  lifetime: 'closes with the window',
  limits: { maxBytes: 64 * 1024, messagesPerSecond: 200 },
  calls: {
    setTitle: call({
      input: [v.pipe(v.string(), v.maxLength(100))],
      output: v.variant('ok', [
        v.strictObject({ ok: v.literal(true) }),
        v.strictObject({ ok: v.literal(false), reason: v.picklist(['too-rude']) }),
      ]),
    }),
  },
  pushes: {
    toServer: {
      clicked: push([v.strictObject({ x: v.number(), y: v.number() })]),
      log: push([v.pipe(v.string(), v.maxLength(100))]),
    },
  },
  /** The time, ms since 1970, once a second. */
  streams: { clock: stream({ item: v.number(), highWaterMark: 1 }) },
});
