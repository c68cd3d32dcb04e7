import fc from 'fast-check';

/** Makes a value. fast-check inspects the values that it gets, and these values throw when they are inspected. */
type Make = () => unknown;

function refuse(): never {
  throw new Error('no description');
}

const traps = ['get', 'has', 'getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor'] as const;

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const withGetter = (property: string, get: Make): Error => Object.defineProperty(new Error('x'), property, { get });

function cyclic(kind: 'error' | 'array'): unknown {
  if (kind === 'error') {
    const error = new Error('x');
    return Object.assign(error, { cause: error });
  }
  const array: unknown[] = [];
  array.push(array);
  return array;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const properties = ['name', 'message', 'stack', 'code', 'cause', 'toString', 'constructor', 'then'];

/** Values for a property that should be a string. */
const noStrings: Make[] = [
  () => Symbol('x'),
  () => null,
  () => 7n,
  () => ({ toString: refuse }),
  () => Object.create(null),
  () => refuse,
  () => 'x'.repeat(1 << 20),
];

/** Values that throw when they are read. */
const undescribable: fc.Arbitrary<Make> = fc.oneof(
  fc.constantFrom(...properties).map((property) => () => withGetter(property, refuse)),
  fc.tuple(fc.constantFrom(...properties), fc.constantFrom(...noStrings)).map(
    ([property, make]) =>
      () =>
        withGetter(property, make),
  ),
  fc.constantFrom(...traps).map((trap) => () => new Proxy(new Error('x'), { [trap]: refuse })),
  fc.constantFrom<Make>(
    () => revoked({}),
    () => revoked([]),
    () => revoked(new Error('x')),
    () => revoked(() => undefined),
    () => ({ toString: refuse, [Symbol.toPrimitive]: refuse, toJSON: refuse }),
    () =>
      withGetter('message', () => {
        throw revoked({});
      }),
  ),
);

/** Any value that can be thrown, including plain values. */
export const hostileErrors: fc.Arbitrary<Make> = fc.oneof(
  undescribable,
  fc.anything({ withNullPrototype: true, withBigInt: true }).map((value) => () => value),
  fc.constantFrom<Make>(
    () => cyclic('error'),
    () => new Error('x'.repeat(1 << 22)),
    () => new AggregateError([revoked({})], 'x'),
    () => undefined,
    () => Symbol('x'),
    () => () => undefined,
    () => Object.create(null),
  ),
);

/** Values that cannot be sent: not cloneable, larger than 1 KiB, or throwing when they are read. */
export const unsendable: fc.Arbitrary<Make> = fc.oneof(
  undescribable.map((make) => () => ({ value: make(), uncloneable: refuse })),
  fc.constantFrom<Make>(
    () => revoked({}),
    () => revoked([]),
    () => () => undefined,
    () => Symbol('x'),
    () => new WeakMap(),
    () => Object.defineProperty({}, 'x', { get: refuse, enumerable: true }),
    () => 'x'.repeat(2000),
    () => nested(100),
    () => new Array(1000).fill(0),
    () => new Uint8Array(2000),
    () => 2n ** 20_000n,
    () => cyclic('array'),
  ),
);
