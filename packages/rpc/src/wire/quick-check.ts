import type { Schema } from '../contract/declarations.ts';
import { sizeOf, tooLarge } from './size.ts';

/**
 * Checks a value and estimates its size in one pass, without allocating. Returns the size in bytes, or -1 if it cannot
 * decide; then the schema itself decides. The schema would accept each accepted value and leave it unchanged.
 */
export type QuickCheck = (value: unknown, budget: number) => number;

const no = -1;
const nodeBytes = 8;
const unsure: QuickCheck = () => no;

/** Checks whose -1 means that the schema refuses the value. */
const decisive = new WeakSet<QuickCheck>();

function decide(check: QuickCheck, when = true): QuickCheck {
  if (when) decisive.add(check);
  return check;
}

/** The parts of valibot's schemas and actions that this code reads. They are in valibot's public types. */
interface Part {
  kind: string;
  type: string;
  pipe?: readonly Part[];
  wrapped?: Part;
  item?: Part;
  items?: readonly Part[];
  entries?: Record<string, Part>;
  options?: readonly unknown[];
  literal?: unknown;
  key?: string;
  default?: unknown;
  requirement?: unknown;
}

/** Prepares a check for a schema. The check leaves all that it does not know to the schema. */
export function quickCheck(schema: Schema): QuickCheck {
  return prepare(schema as unknown as Part);
}

function prepare(part: Part): QuickCheck {
  if (part.pipe) return preparePipe(part.pipe);
  return makers[part.type]?.(part) ?? unsure;
}

const primitive = (accepts: (value: unknown) => boolean): QuickCheck =>
  decide((value) => (accepts(value) ? nodeBytes : no));

const makers: Record<string, (part: Part) => QuickCheck> = {
  string: () => decide((value) => (typeof value === 'string' ? nodeBytes + value.length : no)),
  number: () => primitive((value) => typeof value === 'number' && !Number.isNaN(value)),
  boolean: () => primitive((value) => typeof value === 'boolean'),
  null: () => primitive((value) => value === null),
  undefined: () => primitive((value) => value === undefined),
  literal: ({ literal }) => (typeof literal === 'object' ? unsure : exactly([literal])),
  picklist: ({ options = [] }) => exactly(options),
  nullable: (part) => wrap(part, (value) => value === null),
  optional: (part) => wrap(part, (value) => value === undefined && part.default === undefined),
  nullish: (part) => wrap(part, (value) => value === null || (value === undefined && part.default === undefined)),
  array: ({ item }) => (item ? array(prepare(item)) : unsure),
  tuple: ({ items }) => tuple(items ?? []),
  strict_tuple: ({ items }) => tuple(items ?? []),
  object: ({ entries }) => object(entries ?? {}, false),
  strict_object: ({ entries }) => object(entries ?? {}, true),
  union: ({ options = [] }) => union(options.map((option) => prepare(option as Part))),
  variant: ({ key = '', options = [] }) => variant(key, options as Part[]),
  any: () => anything,
  unknown: () => anything,
};

const anything: QuickCheck = (value, budget) => {
  const size = sizeOf(value, budget);
  return size === tooLarge ? no : size;
};

function exactly(options: readonly unknown[]): QuickCheck {
  const accepted = new Set(options);
  return decide((value) => (accepted.has(value) ? nodeBytes + (typeof value === 'string' ? value.length : 0) : no));
}

function wrap({ wrapped, default: fallback }: Part, isEmpty: (value: unknown) => boolean): QuickCheck {
  const inner = wrapped ? prepare(wrapped) : unsure;
  const check: QuickCheck = (value, budget) => (isEmpty(value) ? nodeBytes : inner(value, budget));
  return decide(check, fallback === undefined && decisive.has(inner));
}

function array(item: QuickCheck): QuickCheck {
  const check: QuickCheck = (value, budget) => {
    if (!Array.isArray(value)) return no;
    let size = nodeBytes;
    for (let index = 0; index < value.length; index++) {
      const added = item(value[index], budget - size);
      if (added === no) return no;
      size += added;
      if (size > budget) return no;
    }
    return size;
  };
  return decide(check, decisive.has(item));
}

function tuple(parts: readonly Part[]): QuickCheck {
  const items = parts.map(prepare);
  return (value, budget) => {
    // The schema may fill up a shorter tuple.
    if (!Array.isArray(value) || value.length !== items.length) return no;
    let size = nodeBytes;
    for (let index = 0; index < items.length; index++) {
      const added = items[index]!(value[index], budget - size);
      if (added === no) return no;
      size += added;
    }
    return size > budget ? no : size;
  };
}

function object(parts: Record<string, Part>, strict: boolean): QuickCheck {
  const entries = new Map(Object.entries(parts).map(([key, part]) => [key, prepare(part)]));
  const required = Object.values(parts).every(({ type }) => !type.includes('optional') && type !== 'nullish');
  const check: QuickCheck = (value, budget) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return no;
    let size = nodeBytes;
    let found = 0;
    for (const key in value) {
      const added = entries.get(key)?.((value as Record<string, unknown>)[key], budget - size) ?? no;
      if (added === no) return no;
      size += added + key.length;
      found += 1;
    }
    // A missing entry may be optional, or have a default.
    return found !== entries.size || size > budget ? no : size;
  };
  return decide(
    check,
    strict && required && entries.size > 0 && [...entries.values()].every((entry) => decisive.has(entry)),
  );
}

function union(options: readonly QuickCheck[]): QuickCheck {
  // The first option that accepts decides, so every option before it must be able to refuse for certain.
  if (!options.slice(0, -1).every((option) => decisive.has(option))) return unsure;
  return (value, budget) => {
    for (const option of options) {
      const size = option(value, budget);
      if (size !== no) return size;
    }
    return no;
  };
}

function variant(key: string, options: readonly Part[]): QuickCheck {
  const byLiteral = new Map<unknown, QuickCheck>();
  for (const option of options) {
    const discriminator = option.entries?.[key];
    if (option.pipe || discriminator?.type !== 'literal' || byLiteral.has(discriminator.literal)) return unsure;
    byLiteral.set(discriminator.literal, prepare(option));
  }
  return (value, budget) => {
    if (typeof value !== 'object' || value === null) return no;
    return byLiteral.get((value as Record<string, unknown>)[key])?.(value, budget) ?? no;
  };
}

type Condition = (value: never, requirement: never) => boolean;

/** Conditions by valibot's names. All others are left to valibot. */
const conditions: Record<string, Condition> = {
  integer: (value: number) => Number.isInteger(value),
  safe_integer: (value: number) => Number.isSafeInteger(value),
  finite: (value: number) => Number.isFinite(value),
  min_value: (value: number, least: number) => value >= least,
  max_value: (value: number, most: number) => value <= most,
  min_length: ({ length }: { length: number }, least: number) => length >= least,
  max_length: ({ length }: { length: number }, most: number) => length <= most,
  length: ({ length }: { length: number }, exact: number) => length === exact,
  non_empty: ({ length }: { length: number }) => length > 0,
  regex: (value: string, pattern: RegExp) => pattern.test(value),
  brand: () => true,
  readonly: () => true,
};

function preparePipe([schema, ...actions]: readonly Part[]): QuickCheck {
  const base = schema ? prepare(schema) : unsure;
  const checks: ((value: unknown) => boolean)[] = [];
  for (const { kind, type, requirement } of actions) {
    if (kind === 'metadata') continue;
    const condition = conditions[type];
    // A pattern with the flag g or y keeps its position, so its result would differ each time.
    if (!condition || (requirement instanceof RegExp && /[gy]/.test(requirement.flags))) return unsure;
    checks.push((value) => condition(value as never, requirement as never));
  }
  const check: QuickCheck = (value, budget) => {
    const size = base(value, budget);
    if (size === no) return no;
    for (const accepts of checks) if (!accepts(value)) return no;
    return size;
  };
  return decide(check, decisive.has(base));
}
