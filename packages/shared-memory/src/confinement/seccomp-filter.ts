import type { AllowedCall, AllowedCalls, ArgumentTest } from './allowed-calls.ts';
import type { Architecture } from './architecture.ts';

// Classic BPF, <linux/filter.h>: an instruction is { u16 code; u8 jt; u8 jf; u32 k }, jumps count from the next one.
const loadWord = 0x20; // BPF_LD | BPF_W | BPF_ABS
const andWith = 0x54; // BPF_ALU | BPF_AND | BPF_K
const jumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const jumpIfGreater = 0x25; // BPF_JMP | BPF_JGT | BPF_K
const jumpIfAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const giveBack = 0x06; // BPF_RET | BPF_K

// Offsets in struct seccomp_data, <linux/seccomp.h>.
const numberOffset = 0;
const architectureOffset = 4;
/** The lower half stands first: both of our architectures are little-endian. */
const argumentOffset = (argument: number) => 16 + 8 * argument;

const allow = 0x7fff_0000; // SECCOMP_RET_ALLOW
const refuse = (errno: number) => 0x0005_0000 | errno; // SECCOMP_RET_ERRNO
const ask = 0x7fc0_0000; // SECCOMP_RET_USER_NOTIF: whoever listens answers
const killProcess = 0x8000_0000; // SECCOMP_RET_KILL_PROCESS
const EPERM = 1;
const ENOSYS = 38;
const answers = { ENOSYS: refuse(ENOSYS), success: refuse(0) } as const;
/** Calls of the x32 ABI carry this bit, and would slip past a list of numbers. */
const x32Bit = 0x4000_0000;
/** Above it are calls that are newer than this list: a program that finds none falls back to older ones. */
const newestCall = 466;

/** The errno that a call gets which is refused, and for which the table names no other answer. */
export const refusalOf = (number: number): number => (number > newestCall ? ENOSYS : EPERM);

export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

const statement = (code: number, k: number): Instruction => ({ code, jt: 0, jf: 0, k: k >>> 0 });
const branch = (code: number, k: number, jt: number, jf: number): Instruction => ({ code, jt, jf, k: k >>> 0 });

/**
 * Allows the calls of the table with the arguments that it names. Refuses every other one: with EPERM, with ENOSYS where
 * the caller has another way. Ends the process at a call of another architecture or of the x32 ABI.
 * @param pid the process that the filter is for
 * @param unlisted `allowed`: calls that the table does not have are allowed instead. `asks`: what is refused waits for the
 *   process that listens to the filter (RefusedCalls), which counts it and answers. Calls for which the table names an
 *   answer are nobody's attempt, and do not wait.
 */
export function seccompFilter(
  { audit, column }: Architecture,
  calls: AllowedCalls,
  pid: number,
  unlisted: 'refused' | 'asks' | 'allowed' = 'refused',
): Instruction[] {
  const refused = unlisted === 'asks' ? ask : refuse(EPERM);
  return [
    statement(loadWord, architectureOffset),
    branch(jumpIfEqual, audit, 1, 0),
    statement(giveBack, killProcess),
    statement(loadWord, numberOffset),
    branch(jumpIfAtLeast, x32Bit, 0, 1),
    statement(giveBack, killProcess),
    ...Object.values(calls).flatMap((call) => {
      const number = call.numbers[column];
      return number === null ? [] : answer(number, call, pid, refused);
    }),
    ...(unlisted === 'refused' ? [branch(jumpIfGreater, newestCall, 0, 1), statement(giveBack, refuse(ENOSYS))] : []),
    statement(giveBack, unlisted === 'allowed' ? allow : refused),
  ];
}

/** Answers one call, and goes on behind it for the others. */
function answer(number: number, { only, otherwise }: AllowedCall, pid: number, refused: number): Instruction[] {
  const body = only
    ? [
        ...only.flatMap((tests) => allowWhere(tests, pid)),
        statement(giveBack, otherwise ? answers[otherwise] : refused),
      ]
    : [statement(giveBack, allow)];
  return [branch(jumpIfEqual, number, 0, body.length), ...body];
}

/** Allows the call when all tests hold, and goes on behind it otherwise. */
function allowWhere(tests: readonly ArgumentTest[], pid: number): Instruction[] {
  let code: Instruction[] = [statement(giveBack, allow)];
  for (const test of tests.toReversed()) code = [...check(test, pid, code.length), ...code];
  return code;
}

/** Goes on right behind it when the test holds, and `rest` instructions further when it does not. */
function check(test: ArgumentTest, pid: number, rest: number): Instruction[] {
  const offset = argumentOffset(test.argument);
  if ('isNull' in test) {
    return [
      statement(loadWord, offset),
      branch(jumpIfEqual, 0, 0, rest + 2),
      statement(loadWord, offset + 4),
      branch(jumpIfEqual, 0, 0, rest),
    ];
  }
  if ('atMost' in test) return [statement(loadWord, offset), branch(jumpIfGreater, test.atMost, rest, 0)];
  const values = test.oneOf.map((value) => (value === 'self' ? pid : value));
  return [
    statement(loadWord, offset),
    ...(test.mask === undefined ? [] : [statement(andWith, test.mask)]),
    ...values.map((value, index) => {
      const left = values.length - 1 - index;
      return branch(jumpIfEqual, value, left, left === 0 ? rest : 0);
    }),
  ];
}

/** As the kernel takes it: 8 bytes each, little-endian. */
export function encode(filter: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(filter.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, { code, jt, jf, k }] of filter.entries()) {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, jt);
    view.setUint8(index * 8 + 3, jf);
    view.setUint32(index * 8 + 4, k, true);
  }
  return bytes;
}
