import type { Schema } from '../contract/declarations.ts';
import { BadMessageError } from '../errors.ts';

const config = { abortEarly: true, abortPipeEarly: true } as const;

export type Parsed = { ok: true; value: unknown } | { ok: false; problem: string };

/** Applies a schema. `problem` names the place and the expected type, never the value, which is the peer's. */
export function parse(schema: Schema, value: unknown): Parsed {
  const dataset = schema['~run']({ value }, config);
  if (!dataset.issues) return { ok: true, value: dataset.value };
  const issue = dataset.issues[0];
  const path =
    issue.path
      ?.map((item) => `[${String(item.key).slice(0, 40)}]`)
      .join('')
      .slice(0, 200) ?? '';
  const expected = issue.kind === 'schema' || issue.expected ? `expected ${issue.expected}` : issue.type;
  return { ok: false, problem: `${path}: ${expected.slice(0, 200)}` };
}

export function assertId(value: unknown): asserts value is number {
  if (!Number.isSafeInteger(value) || (value as number) < 1) throw new BadMessageError('not an id');
}

export function assertCount(value: unknown, most: number): asserts value is number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most) {
    throw new BadMessageError('a count out of range');
  }
}
