import { expect, it } from 'vitest';
import { copyPlain } from './copy-plain.ts';

it('shares nothing with the original', () => {
  const value = { list: [{ a: 1 }, null, undefined], when: new Date(5), text: 'x' };
  const copy = copyPlain(value) as typeof value;
  expect(copy).toStrictEqual(structuredClone(value));
  expect(copy.list).not.toBe(value.list);
  expect(copy.list[0]).not.toBe(value.list[0]);
  expect(copy.when).not.toBe(value.when);
});

it('changes no prototype', () => {
  const copy = copyPlain(JSON.parse('{"__proto__":{"polluted":true},"a":1}')) as { polluted?: boolean };
  expect(copy).toStrictEqual({ a: 1 });
  expect(copy.polluted).toBeUndefined();
});
