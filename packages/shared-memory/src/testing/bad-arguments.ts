import { createHash } from 'node:crypto';
import { Arena } from '../index.ts';
import { cellWords, ringHeaderBytes } from '../rings/ring-layout.ts';

/** One object of a class, with a peer that sees the same memory. */
export interface Subject {
  readonly subject: object;
  /** Returns everything that the peer can see. */
  seen(): unknown;
  /** All ways to end it. */
  readonly ends: Readonly<Record<string, () => unknown>>;
  dispose(): Promise<void>;
}

/** Returns numbers that are not whole numbers from 0 to `most`. */
export const noCounts = (most: number): number[] => [
  -1,
  -(2 ** 31),
  -(2 ** 32),
  0.5,
  most + 0.5,
  most + 1,
  2 ** 32 + 1,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];
export const counts = noCounts;

/** Numbers that are not a time. */
export const times = [-1, -0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Values that are not numbers. Undefined is left out, because it stands for a default. */
export const allTypes: unknown[] = ['1', null, {}, [1], true, 1n, Symbol('1'), () => 1];

/** Values that are not a valid string option. */
export const noStrings: unknown[] = [undefined, null, 1, {}, '', 'read-only ', true];

/** Returns values that are not a typed array of this kind. */
export const notArrays = (kind: { readonly name: string }): unknown[] => [
  undefined,
  null,
  1,
  'text',
  {},
  [1, 2, 3],
  { length: 3, byteLength: 3, constructor: kind },
  new DataView(new ArrayBuffer(4)),
  new ArrayBuffer(4),
  ...[new Uint8Array(4), new Uint16Array(2), new Uint32Array(1), new Float32Array(1), new BigInt64Array(1)].filter(
    (array) => array.constructor !== kind,
  ),
];

/**
 * Makes a subject in its own arena. Its peer sees all memory. For cells it compares only the stamps, because a cell
 * without a stamp belongs to the producer.
 */
export async function inMemory(make: (arena: Arena) => object, of: 'bytes' | 'cells' = 'bytes'): Promise<Subject> {
  // A named arena, because a mutex may not be in a sealed one.
  const options = { label: 'arena', readWriteBytes: 20_000, readOnlyBytes: 20_000 };
  const arena = await Arena.create({ ...options, backend: 'named' });
  const peer = Arena.attach(arena.descriptor());
  const subject = make(arena);
  const places = arena.descriptor().segments.map((_, segment) => peer.regionAt({ segment, offset: 4096 }, 30_000));
  const views = places.map((place) => place?.bytes());
  const cells = () => {
    const [words] = places.map((place) => place?.words(ringHeaderBytes, 8 * cellWords * 4));
    return Array.from({ length: 8 }, (_, cell) => words?.[cell * cellWords + cellWords - 1]);
  };
  return {
    subject,
    seen: () => (of === 'cells' ? cells() : views.map((view) => view && sumOf(view))),
    ends: {
      ...('close' in subject && subject !== arena && { close: () => (subject as { close(): void }).close() }),
      'destruction of its arena': () => arena.destroy(),
    },
    dispose: async () => {
      await peer.destroy();
      await arena.destroy();
    },
  };
}

/** Returns a hash of the contents. */
export const sumOf = (view: Uint8Array): string => createHash('sha1').update(view).digest('hex');
