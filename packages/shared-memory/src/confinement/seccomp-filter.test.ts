import { expect, test } from 'vitest';
import { handledAccess } from './landlock.ts';
import { type Instruction, seccompFilter } from './seccomp-filter.ts';
import { architecture } from './system-calls.ts';

/** Runs a filter as the kernel does, for one system call. */
function verdict(
  filter: readonly Instruction[],
  { arch, number, first = 0, third = 0 }: { arch: number; number: number; first?: number; third?: number },
): number {
  const words: Record<number, number> = { 0: number, 4: arch, 16: first, 32: third };
  let accumulator = 0;
  for (let index = 0; ; ) {
    const instruction = filter[index++];
    if (!instruction) throw new Error('the filter ran off its end');
    const { code, jt, jf, k } = instruction;
    if (code === 0x20) accumulator = (words[k] ?? 0) >>> 0;
    else if (code === 0x06) return k;
    else {
      const holds = code === 0x15 ? accumulator === k : code === 0x45 ? (accumulator & k) !== 0 : accumulator >= k;
      index += holds ? jt : jf;
    }
  }
}

const allowed = 0x7fff_0000;
const refused = 0x0005_0001;

test.each(['x64', 'arm64'])('refuses what a plugin has no business with, and nothing else (%s)', (name) => {
  const machine = architecture(name)!;
  const filter = seccompFilter(machine);
  const judge = (number: number, args: { first?: number; third?: number } = {}) =>
    verdict(filter, { arch: machine.audit, number, ...args });
  for (const number of Object.values(machine.calls)) if (number !== null) expect(judge(number)).toBe(refused);
  const denied = new Set<number | null>([...Object.values(machine.calls), machine.clone, machine.clone3]);
  for (let number = 0; number < 470; number++) if (!denied.has(number)) expect(judge(number)).toBe(allowed);
  expect(judge(machine.clone, { first: 0x003d_0f00 })).toBe(allowed); // a thread
  expect(judge(machine.clone, { first: 0x0120_0011 })).toBe(refused); // a process
  for (let advice = 0; advice < 102; advice++) {
    expect(judge(machine.madvise, { first: 9, third: advice })).toBe(advice === 9 ? refused : allowed); // 9 punches holes
  }
  expect(judge(machine.clone3)).toBe(0x0005_0026); // ENOSYS
});

test('calls of another ABI do not slip past', () => {
  const machine = architecture('x64')!;
  const filter = seccompFilter(machine);
  expect(verdict(filter, { arch: machine.audit, number: 0x4000_0000 + 59 })).toBe(refused);
  expect(verdict(filter, { arch: 0x4000_0003, number: 11 })).toBe(0x8000_0000);
});

test('forbids with Landlock all that each version can', () => {
  expect(handledAccess(1)).toEqual({ files: 0x1fffn, network: 0n, scopes: 0n });
  expect(handledAccess(4)).toEqual({ files: 0x7fffn, network: 3n, scopes: 0n });
  expect(handledAccess(7)).toEqual({ files: 0xffffn, network: 3n, scopes: 3n });
});
