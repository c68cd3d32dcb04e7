import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as memory from './index.ts';
import { type Row, tables } from './testing/argument-table.ts';
import type { Subject } from './testing/bad-arguments.ts';

/** Methods that end the subject, or that wait for a peer. */
const notTried = new Set(['destroy', 'detach', 'close', 'unlink', 'produce', 'consume']);

/** Protected methods of RingSide, which TypeScript hides from callers. */
const notPublic = new Set(['constructor', 'own', 'restart', 'peerCounter', 'corrupt', 'countersFault']);

const classes = Object.entries(memory).filter(
  ([, value]) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value)),
);
const ours = classes.filter(([, value]) => !((value as { prototype: unknown }).prototype instanceof Error));

/** Returns the methods and getters of a class and of its base classes. */
function publicNames(type: object): string[] {
  const names = new Set<string>();
  for (let each: object | null = Reflect.get(type, 'prototype') as object; each && each !== Object.prototype; ) {
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
    each = Object.getPrototypeOf(each) as object | null;
  }
  return [...names].filter((name) => !notPublic.has(name));
}

/** Calls a method or reads a getter. Returns what it throws or rejects with, or undefined. */
async function failureOf({ subject }: Subject, name: string, args: readonly unknown[]): Promise<unknown> {
  try {
    const member: unknown = Reflect.get(subject, name);
    await (typeof member === 'function' ? Reflect.apply(member, subject, args) : member);
    return undefined;
  } catch (error) {
    return error;
  }
}

const described = (args: readonly unknown[]): string =>
  args.map((arg) => (typeof arg === 'object' ? Object.prototype.toString.call(arg) : String(arg))).join(', ');

async function refuses(name: string, subject: Subject, bad: Row['range'], kind: new () => Error): Promise<void> {
  for (const args of bad ?? []) {
    const before = subject.seen();
    const failure = await failureOf(subject, name, args);
    expect(failure, `${name}(${described(args)})`).toBeInstanceOf(kind);
    expect(subject.seen(), `after ${name}(${described(args)})`).toEqual(before);
  }
}

it('has a table for every class, and a row for every method', () => {
  expect(Object.keys(tables).sort()).toEqual(ours.map(([name]) => name).sort());
  for (const [name, type] of ours) {
    expect(Object.keys(tables[name]?.rows ?? {}).sort(), name).toEqual(publicNames(type as object).sort());
  }
});

describe.each(Object.entries(tables))('%s', (_, { make, rows }) => {
  it.each(Object.entries(rows))('%s refuses wrong arguments, and changes nothing', async (name, { range, type }) => {
    const subject = await make();
    await refuses(name, subject, range, RangeError);
    await refuses(name, subject, type, TypeError);
    await subject.dispose();
  });

  it('refuses every use after any kind of end, and may end twice', async () => {
    const { ends } = await make().then(async (subject) => {
      await subject.dispose();
      return subject;
    });
    for (const how of Object.keys(ends)) {
      for (const [name, { right = [], afterwards = 'refuses' }] of Object.entries(rows)) {
        const subject = await make();
        await subject.ends[how]?.();
        const before = subject.seen();
        const failure = await failureOf(subject, name, right);
        if (afterwards === 'refuses') expect(failure, `${name} after ${how}`).toBeInstanceOf(memory.ClosedMemoryError);
        else expect(failure, `${name} after ${how}`).toBe(undefined);
        expect(subject.seen(), `${name} after ${how}`).toEqual(before);
        for (const end of Object.values(subject.ends)) await end();
        await subject.dispose();
      }
    }
  });

  it('changes nothing that the other side sees in a refused call, for any arguments', async () => {
    const names = Object.keys(rows).filter((name) => !notTried.has(name));
    const subject = await make();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.array(argument, { maxLength: 3 }), async (name, args) => {
        const before = subject.seen();
        const failure = await failureOf(subject, name, args);
        if (failure !== undefined) expect(subject.seen()).toEqual(before);
      }),
    );
    await subject.dispose();
  });
});

const number = fc.oneof(fc.integer({ min: -2, max: 20 }), fc.double(), fc.constantFrom(-0, Number.NaN));
/** Arguments that mostly have the right kind, and that are often out of range. Waits are short. */
const argument: fc.Arbitrary<unknown> = fc
  .oneof(
    number,
    fc.nat(12).map((length) => new Uint8Array(length)),
    fc.nat(12).map((length) => new Uint32Array(length)),
    fc.record({
      width: number,
      height: number,
      format: fc.constantFrom('bgra8', 'gray8', 'none'),
      strideBytes: number,
    }),
    fc.record({ timeoutMs: fc.constantFrom(0, 1, -1, Number.NaN), spinUs: fc.constantFrom(0, 1, -1, 1e9) }),
    fc.constantFrom('read-write', 'read-only'),
    fc.anything(),
  )
  .filter((value) => !(typeof value === 'number' && value > 20));
