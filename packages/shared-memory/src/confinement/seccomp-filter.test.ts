import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemCallNumber } from '../posix/system-call-names.ts';
import { type AllowedCall, type ArgumentTest, plainCalls } from './allowed-calls.ts';
import { architecture } from './architecture.ts';
import { deniedCalls, lessonCalls } from './denied-calls.ts';
import { handledAccess } from './landlock.ts';
import { type Instruction, refusalOf, seccompFilter } from './seccomp-filter.ts';

interface Call {
  arch: number;
  number: number;
  arguments?: readonly bigint[];
}

/** Runs a filter for one system call, as the kernel does. */
function verdict(filter: readonly Instruction[], { arch, number, arguments: given = [] }: Call): number {
  const words = [number, arch, 0, 0, ...[0, 1, 2, 3, 4, 5].flatMap((index) => halves(given[index] ?? 0n))];
  let accumulator = 0;
  for (let index = 0; ; ) {
    const instruction = filter[index++];
    if (!instruction) throw new Error('the filter ran off its end');
    const { code, jt, jf, k } = instruction;
    if (code === 0x20) accumulator = (words[k / 4] ?? 0) >>> 0;
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x06) return k;
    else {
      const holds = code === 0x15 ? accumulator === k : code === 0x25 ? accumulator > k : accumulator >= k;
      index += holds ? jt : jf;
    }
  }
}

const halves = (value: bigint) => [Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn)];

const allowed = 0x7fff_0000;
const refused = 0x0005_0001;
const unknown = 0x0005_0026;
const killed = 0x8000_0000;
const asked = 0x7fc0_0000;
const self = 4242;

/** Returns true if the table allows a call. Does not use the filter. */
function allows({ only }: AllowedCall, given: readonly bigint[]): boolean {
  const holds = (test: ArgumentTest) => {
    const value = given[test.argument] ?? 0n;
    const [low = 0] = halves(value);
    if ('isNull' in test) return value === 0n;
    if ('atMost' in test) return low <= test.atMost;
    const masked = test.mask === undefined ? low : (low & test.mask) >>> 0;
    return test.oneOf.some((each) => (each === 'self' ? self : each) === masked);
  };
  return only === undefined || only.some((tests) => tests.every(holds));
}

const word = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 7, 9, 0x20, 0x3d_0f00, 0x120_0011, 0x5412, 0x5421, self, 1029, 1030, 0x5356_4d41),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);
const argument = fc
  .tuple(word, fc.oneof(fc.constant(0), word))
  .map(([low, high]) => BigInt(low) | (BigInt(high) << 32n));
const sixArguments = fc.array(argument, { minLength: 6, maxLength: 6 });

test.each(['x64', 'arm64'])('decides every call as the table of allowed calls does, for any arguments (%s)', (name) => {
  const machine = architecture(name)!;
  const filter = seccompFilter(machine, plainCalls, self);
  const table = new Map(Object.values(plainCalls).map((call) => [call.numbers[machine.column], call]));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), sixArguments, (number, given) => {
      const said = verdict(filter, { arch: machine.audit, number, arguments: given });
      const call = table.get(number);
      if (!call) expect(said).toBe(number > 466 ? unknown : refused);
      else if (allows(call, given)) expect(said).toBe(allowed);
      else expect(said).toBe({ none: refused, ENOSYS: unknown, success: 0x0005_0000 }[call.otherwise ?? 'none']);
    }),
    { numRuns: 3000 },
  );
});

test.each(['x64', 'arm64'])(
  'with a listener, asks about the calls that it would refuse, and about no others (%s)',
  (name) => {
    const machine = architecture(name)!;
    const filter = seccompFilter(machine, plainCalls, self);
    const asking = seccompFilter(machine, plainCalls, self, 'asks');
    const answered = new Set(
      Object.values(plainCalls).flatMap(({ otherwise, numbers }) => (otherwise ? numbers[machine.column] : [])),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), sixArguments, (number, given) => {
        const call = { arch: machine.audit, number, arguments: given };
        const said = verdict(filter, call);
        const isRefused = said !== allowed && !answered.has(number);
        expect(verdict(asking, call)).toBe(isRefused ? asked : said);
        // The listener gives the same answer as the other filter.
        if (isRefused) expect(0x0005_0000 | refusalOf(number)).toBe(said);
      }),
      { numRuns: 3000 },
    );
  },
);

test.each(['x64', 'arm64'])('ends a process that makes a call of another architecture or of x32 (%s)', (name) => {
  const machine = architecture(name)!;
  for (const unlisted of ['refused', 'asks', 'allowed'] as const) {
    const filter = seccompFilter(machine, plainCalls, self, unlisted);
    for (let number = 0; number < 600; number++) {
      expect(verdict(filter, { arch: 0x4000_0003, number })).toBe(killed); // i386
      expect(verdict(filter, { arch: machine.audit, number: number + 0x4000_0000 })).toBe(killed);
    }
  }
});

const x64 = { of: (number: number, ...given: number[]) => ({ number, arguments: given.map(BigInt) }) };
test.each([
  ['a thread', x64.of(56, 0x3d_0f00), allowed],
  ['a process', x64.of(56, 0x120_0011), refused],
  ['a thread in a new user namespace', x64.of(56, 0x103d_0f00), refused],
  ['a process by clone3', x64.of(435), unknown],
  ['a hole in shared memory', x64.of(28, 0, 4096, 9), refused],
  ['pages given back', x64.of(28, 0, 4096, 4), allowed],
  ['its own limits read', x64.of(302, 0, 3, 0, 4096), allowed],
  ['its own limits set', x64.of(302, 0, 3, 4096), refused],
  ['the limits of another process', x64.of(302, 1000, 3, 0, 4096), refused],
  ['a signal to itself', x64.of(62, self, 6), allowed],
  ['a signal to another process', x64.of(62, self - 1, 9), refused],
  ['a signal to its process group', x64.of(62, 0, 9), refused],
  ['a signal to a thread of another process', x64.of(234, self - 1, self - 1, 9), refused],
  ['signals of a descriptor for another process', x64.of(72, 5, 8, 1000), refused],
  ['a message to another address', x64.of(44, 5, 4096, 1, 0, 4096, 16), refused],
  ['text typed into a terminal', x64.of(16, 0, 0x5412), refused],
  ['code from a file', x64.of(9, 0, 4096, 5, 2, 5), refused],
  ['to outlive its parent', x64.of(157, 1, 0), refused],
  ['to open its memory to others', x64.of(157, 4, 1), refused],
  ['the processor time of another process', x64.of(228, 0xffff_f000), refused],
])('%s', (_what, call, expected) => {
  const machine = architecture('x64')!;
  const filter = seccompFilter(machine, plainCalls, self);
  expect(verdict(filter, { arch: machine.audit, ...call })).toBe(expected);
});

test.each(['x64', 'arm64'] as const)('a lesson on system calls may make every call that is not denied (%s)', (name) => {
  const machine = architecture(name)!;
  const calls = lessonCalls([]);
  const filter = seccompFilter(machine, calls, self, 'allowed');
  const table = new Map(Object.values(calls).map((call) => [call.numbers[machine.column], call]));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), sixArguments, (number, given) => {
      const said = verdict(filter, { arch: machine.audit, number, arguments: given });
      const call = table.get(number);
      if (!call || allows(call, given)) expect(said).toBe(allowed);
      else expect(said).toBe(call.otherwise === 'ENOSYS' ? unknown : refused);
    }),
    { numRuns: 3000 },
  );
});

test('each denied call exists on at least one architecture', () => {
  for (const name of Object.values(deniedCalls).flat())
    expect([systemCallNumber(name, 'x64'), systemCallNumber(name, 'arm64')], name).not.toEqual([null, null]);
});

test('no two allowed calls have the same number, and each has a reason', () => {
  for (const column of [0, 1] as const) {
    const numbers = Object.values(plainCalls).flatMap((call) => call.numbers[column] ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
  }
  for (const { why } of Object.values(plainCalls)) expect(why.length).toBeGreaterThan(5);
});

test('asks Landlock for everything that its version can forbid, and for nothing else', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((version) => handledAccess(version))).toEqual([
    { files: 0x1fffn, network: 0n, scopes: 0n },
    { files: 0x3fffn, network: 0n, scopes: 0n },
    { files: 0x7fffn, network: 0n, scopes: 0n },
    { files: 0x7fffn, network: 3n, scopes: 0n },
    { files: 0xffffn, network: 3n, scopes: 0n },
    { files: 0xffffn, network: 3n, scopes: 3n },
    { files: 0xffffn, network: 3n, scopes: 3n },
  ]);
});
