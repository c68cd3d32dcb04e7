import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { quickCheck } from './quick-check.ts';
import { sizeOf } from './size.ts';

/** A schema, and values of which some are valid. */
interface Case {
  schema: v.GenericSchema;
  value: fc.Arbitrary<unknown>;
}

const leaf: Case[] = [
  { schema: v.string(), value: fc.string() },
  { schema: v.number(), value: fc.oneof(fc.double(), fc.integer()) },
  { schema: v.boolean(), value: fc.boolean() },
  { schema: v.null(), value: fc.constant(null) },
  { schema: v.undefined(), value: fc.constant(undefined) },
  { schema: v.literal('yes'), value: fc.constantFrom('yes', 'no') },
  { schema: v.literal(Number.NaN), value: fc.constantFrom(Number.NaN, 0) },
  { schema: v.picklist(['a', 'b', 3]), value: fc.constantFrom('a', 'b', 3, '3') },
  { schema: v.pipe(v.string(), v.minLength(2), v.maxLength(5)), value: fc.string({ maxLength: 8 }) },
  { schema: v.pipe(v.string(), v.nonEmpty(), v.regex(/^[a-z]*$/)), value: fc.constantFrom('', 'abc', 'A') },
  { schema: v.pipe(v.string(), v.regex(/a/g)), value: fc.constantFrom('aa', 'b') },
  { schema: v.pipe(v.string(), v.trim()), value: fc.constantFrom(' a ', 'a') },
  { schema: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), value: fc.integer({ min: -3, max: 13 }) },
  {
    schema: v.pipe(v.number(), v.finite(), v.safeInteger()),
    value: fc.constantFrom(1, 1.5, Number.POSITIVE_INFINITY, 2 ** 60),
  },
  { schema: v.pipe(v.string(), v.email()), value: fc.constantFrom('a@example.org', 'a') },
  { schema: v.pipe(v.string(), v.brand('Name')), value: fc.string() },
  { schema: v.any(), value: fc.anything() },
  { schema: v.instance(Uint8Array), value: fc.uint8Array() },
  { schema: v.record(v.string(), v.number()), value: fc.dictionary(fc.string(), fc.integer()) },
  { schema: v.date(), value: fc.date() },
];

/** Nested schemas of up to three levels, each with valid, nearly valid and invalid values. */
const { cases } = fc.letrec<{ cases: Case; leaf: Case; inner: Case }>((tie) => ({
  leaf: fc.constantFrom(...leaf),
  inner: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('cases')),
  cases: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.record({ of: tie('inner'), how: fc.nat(6) }).map(({ of, how }): Case => {
      const { schema, value } = of as Case;
      const wrapped = [
        { schema: v.nullable(schema), value: fc.option(value) },
        { schema: v.optional(schema), value: fc.option(value, { nil: undefined }) },
        { schema: v.optional(v.string(), 'default'), value: fc.constantFrom(undefined, 'x') },
        { schema: v.nullish(schema), value: fc.oneof(value, fc.constantFrom(null, undefined)) },
        { schema: v.array(schema), value: fc.array(value, { maxLength: 4 }) },
        { schema: v.pipe(v.array(schema), v.maxLength(2)), value: fc.array(value, { maxLength: 4 }) },
        { schema: v.tuple([schema, v.number()]), value: fc.tuple(value, fc.integer()) },
      ];
      return wrapped[how]!;
    }),
    fc.tuple(tie('inner'), tie('inner'), fc.nat(5)).map(([one, two, how]): Case => {
      const [a, b] = [one as Case, two as Case];
      const entries = { a: a.schema, b: b.schema };
      const record = fc.record({ a: a.value, b: b.value, kind: fc.constant('extra') }, { requiredKeys: ['a'] });
      const exact = fc.record({ a: a.value, b: b.value }, { requiredKeys: ['a', 'b'] });
      const built = [
        { schema: v.strictObject(entries), value: fc.oneof(exact, record) },
        { schema: v.object(entries), value: fc.oneof(exact, record) },
        { schema: v.union([a.schema, b.schema]), value: fc.oneof(a.value, b.value) },
        { schema: v.strictTuple([a.schema, b.schema]), value: fc.array(fc.oneof(a.value, b.value), { maxLength: 3 }) },
        {
          schema: v.variant('kind', [
            v.strictObject({ kind: v.literal('one'), a: a.schema }),
            v.object({ kind: v.literal('two'), b: b.schema }),
          ]),
          value: fc.record(
            { kind: fc.constantFrom('one', 'two', 'three'), a: a.value, b: b.value },
            { requiredKeys: ['kind'] },
          ),
        },
        { schema: v.strictObject({ ...entries, kind: v.optional(v.string()) }), value: record },
      ];
      return built[how]!;
    }),
  ),
}));

const plenty = 1_000_000;

describe('quickCheck', () => {
  it('accepts only values that the schema accepts unchanged, and returns their size', () => {
    const anything = fc.anything({ withMap: true, withSet: true, withTypedArray: true, withBigInt: true });
    fc.assert(
      fc.property(
        cases.chain(({ schema, value }) =>
          fc.tuple(fc.constant(schema), fc.oneof({ weight: 4, arbitrary: value }, anything)),
        ),
        ([schema, sent]) => {
          const value = structuredClone(sent);
          const bytes = quickCheck(schema)(value, plenty);
          if (bytes < 0) return;
          const parsed = v.safeParse(schema, value);
          expect(parsed.success).toBe(true);
          expect(parsed.output).toStrictEqual(value);
          expect(bytes).toBe(sizeOf(value, plenty));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('decides by itself on the common schemas of contracts', () => {
    const schema = v.strictTuple([
      v.strictObject({
        address: v.pipe(v.string(), v.maxLength(100)),
        tab: v.pipe(v.number(), v.integer()),
        state: v.nullable(v.picklist(['on', 'off'])),
        parts: v.array(
          v.variant('ok', [v.strictObject({ ok: v.literal(true) }), v.strictObject({ ok: v.literal(false) })]),
        ),
      }),
      v.optional(v.boolean()),
    ]);
    const check = quickCheck(schema);
    expect(check([{ address: 'x', tab: 1, state: 'on', parts: [{ ok: true }] }, undefined], plenty)).toBeGreaterThan(0);
    expect(check([{ address: 'x', tab: 1.5, state: 'on', parts: [] }, true], plenty)).toBe(-1);
    expect(check([{ address: 'x', tab: 1, state: 'on', parts: [], more: 1 }, true], plenty)).toBe(-1);
  });

  it('accepts no value above the size limit', () => {
    const check = quickCheck(v.array(v.string()));
    expect(check(['x'.repeat(100)], 50)).toBe(-1);
    expect(check(new Array(1000).fill(''), 50)).toBe(-1);
    expect(quickCheck(v.array(v.any()))(new Array(2 ** 31), 1000)).toBe(-1);
    expect(quickCheck(v.array(v.undefined()))(new Array(2 ** 31), 1000)).toBe(-1);
  });
});
