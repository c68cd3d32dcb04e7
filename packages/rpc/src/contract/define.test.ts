import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { call, callback, contract, type Handlers, port, push, type RemoteCalls, stream } from '../contract.ts';

const about = { version: 1, server: 's', caller: 'c', trust: 'none', lifetime: 'a test' } as const;

describe('contract', () => {
  it('refuses invalid names and names that are declared twice', () => {
    expect(() => contract('Tab Host', about)).toThrow('kebab case');
    expect(() => contract('tab', { ...about, calls: { '#callback': call() } })).toThrow('is not a method name');
    expect(() => contract('tab', { ...about, calls: { go: call() }, pushes: { toServer: { go: push([]) } } })).toThrow(
      'go is declared twice',
    );
    expect(() => contract('tab', { ...about, version: 1.5 })).toThrow('version');
  });

  it('refuses schemas that cannot run on both sides', () => {
    const text = (schema: v.GenericSchema) => () =>
      contract('tab', { ...about, calls: { go: call({ input: [schema] }) } });
    expect(text(v.pipe(v.string(), v.transform(Number)))).toThrow('must not transform');
    expect(text(v.array(v.strictObject({ a: v.nullable(v.pipe(v.string(), v.transform(Number))) })))).toThrow(
      'transform',
    );
    expect(text(v.lazy(() => v.pipe(v.string(), v.transform(Number))))).toThrow('transform');
    const late = v.pipeAsync(
      v.string(),
      v.checkAsync(async () => true),
    ) as unknown as v.GenericSchema;
    expect(text(late)).toThrow('asynchronous');
    expect(text(callback([v.string()]))).not.toThrow();
    expect(text(v.array(port()))).not.toThrow();
  });

  it('derives the types of both sides', () => {
    const demo = contract('demo', {
      ...about,
      calls: {
        add: call({ input: [v.number(), v.optional(v.number())], output: v.string() }),
        stop: call(),
      },
      streams: { state: stream({ item: v.boolean() }) },
    });
    type Served = Handlers<typeof demo>;
    type Remote = RemoteCalls<typeof demo>;
    expectTypeOf<Parameters<Served['add']>[1]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<ReturnType<Served['add']>>().toEqualTypeOf<string | Promise<string>>();
    expectTypeOf<Remote['add']>().toBeCallableWith(1);
    expectTypeOf<Remote['add']>().toBeCallableWith(1, 2, { deadlineMs: 5 });
    expectTypeOf<ReturnType<Remote['stop']>>().toEqualTypeOf<Promise<undefined>>();
    expectTypeOf<ReturnType<Served['state']>>().toEqualTypeOf<AsyncIterable<boolean> | Promise<void>>();
  });
});
