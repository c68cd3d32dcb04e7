import fc from 'fast-check';
import type { Contract } from '../../contract.ts';
import { messageKinds } from '../../wire/messages.ts';

const evilNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '#callback', 'then', ''];

/** Any value that a port can carry: structured clones have no functions, symbols or accessors. */
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, maxDepth: 3 }),
  fc.constantFrom(...evilNames),
  fc.constantFrom(Number.NaN, -1, 0, 1, 2 ** 31, 2 ** 53, Number.POSITIVE_INFINITY, 1.5, -0),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown),
  fc.string({ minLength: 1000, maxLength: 3000 }),
  fc.constantFrom(...unusual()),
);

/** Seed, different in each run. To repeat a failure, set BULKHEAD_HOSTILE_SEED to the seed that it prints. */
export const seed = Number(process.env.BULKHEAD_HOSTILE_SEED ?? Date.now() | 0);

/** Making values takes longer than attacking with them, so they are made once and then picked. */
const value = fc.constantFrom(...fc.sample(anything, { numRuns: 3000, seed }));

/** Values that break code that walks them without a bound. */
function unusual(): unknown[] {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  let deep: unknown = 1;
  for (let level = 0; level < 5000; level++) deep = [deep];
  // Ten arrays that each hold the next one ten times: small to send, and 10,000 million items to walk.
  let bomb: unknown = 'x';
  for (let level = 0; level < 10; level++) bomb = new Array(10).fill(bomb);
  const sparse: unknown[] = [];
  sparse.length = 2 ** 31;
  return [cyclic, deep, bomb, sparse, new Uint8Array(2 * 1024 * 1024), new Map([[cyclic, deep]])];
}

const id = fc.oneof(fc.integer({ min: 1, max: 6 }), value);

/** Comlink's own messages, which took over an unguarded `expose`. */
const comlinkMessage = fc.record(
  {
    id: fc.oneof(fc.string(), value),
    type: fc.constantFrom('GET', 'SET', 'APPLY', 'CONSTRUCT', 'ENDPOINT', 'RELEASE', 'RAW', 'HANDLER', 'PROXY'),
    path: fc.oneof(fc.array(fc.constantFrom(...evilNames), { maxLength: 4 }), value),
    argumentList: fc.oneof(
      fc.array(fc.record({ type: fc.constantFrom('RAW', 'HANDLER'), name: fc.constantFrom('proxy', 'throw'), value })),
      value,
    ),
    value: fc.oneof(fc.record({ type: fc.constant('RAW'), value }), value),
  },
  { requiredKeys: ['type'] },
);

/** Arbitrary for one message of a hostile peer of this contract. */
export function hostileMessage({ definition }: Contract): fc.Arbitrary<unknown> {
  const { calls = {}, pushes = {}, streams = {} } = definition;
  const names = [calls, pushes.toServer ?? {}, pushes.toCaller ?? {}, streams].flatMap(Object.keys);
  const name = fc.oneof(fc.constantFrom(...names, ...evilNames), value);
  const args = fc.oneof(fc.array(value, { maxLength: 4 }), value);
  const handles = fc.oneof(
    fc.array(
      fc.tuple(
        fc.constantFrom<unknown>('port', 'callback', 'both'),
        fc.oneof(fc.nat(3), value),
        fc.oneof(
          fc.array(fc.oneof(fc.nat(3), fc.constantFrom<unknown>('port', ...evilNames)), { maxLength: 4 }),
          value,
        ),
      ),
      { maxLength: 3 },
    ),
    value,
  );
  const kind = fc.oneof(fc.integer({ min: 0, max: messageKinds - 1 }), value);
  // Nearly valid messages get furthest.
  const call = fc.tuple(kind, id, name, args, fc.oneof(fc.nat(100), handles));
  const push = fc.tuple(kind, name, args, handles);
  const reply = fc.tuple(kind, id, fc.oneof(value, fc.array(value)), handles);
  const short = fc.tuple(kind, id);
  return fc.oneof(call, push, reply, short, fc.array(value, { maxLength: 8 }), comlinkMessage, value);
}
