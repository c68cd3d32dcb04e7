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
/** Offset of the lower half of an argument: both supported architectures are little-endian. */
const argumentOffset = (argument: number) => 16 + 8 * argument;

const allow = 0x7fff_0000; // SECCOMP_RET_ALLOW
const refuse = (errno: number) => 0x0005_0000 | errno; // SECCOMP_RET_ERRNO
const ask = 0x7fc0_0000; // SECCOMP_RET_USER_NOTIF: the listener answers
const killProcess = 0x8000_0000; // SECCOMP_RET_KILL_PROCESS
const EPERM = 1;
const ENOSYS = 38;
const answers = { ENOSYS: refuse(ENOSYS), success: refuse(0) } as const;
/** Calls of the x32 ABI have this bit, and would pass a list of numbers. */
const x32Bit = 0x4000_0000;
/** Calls above this number are newer than the table. A program that gets ENOSYS for one falls back to older calls. */
const newestCall = 466;

/** Returns the errno for a refused call for which the table has no other answer. */
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
 * Returns a filter that allows the calls of the table with the arguments in the table. It refuses every other call with
 * EPERM, or with ENOSYS if the caller has an alternative. A call of another architecture or of the x32 ABI ends the
 * process.
 * @param pid PID of the process that gets the filter
 * @param unlisted `allowed`: calls that are not in the table are allowed. `asks`: a refused call waits for the process
 *   that listens to the filter (RefusedCalls), which counts and answers it. A call for which the table has an answer is
 *   not an attack, and does not wait.
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

/** Answers one call. For other calls, continues after this code. */
function answer(number: number, { only, otherwise }: AllowedCall, pid: number, refused: number): Instruction[] {
  const body = only
    ? [
        ...only.flatMap((tests) => allowWhere(tests, pid)),
        statement(giveBack, otherwise ? answers[otherwise] : refused),
      ]
    : [statement(giveBack, allow)];
  return [branch(jumpIfEqual, number, 0, body.length), ...body];
}

/** Allows the call if all tests hold. Otherwise continues after this code. */
function allowWhere(tests: readonly ArgumentTest[], pid: number): Instruction[] {
  let code: Instruction[] = [statement(giveBack, allow)];
  for (const test of tests.toReversed()) code = [...check(test, pid, code.length), ...code];
  return code;
}

/** Continues right after this code if the test holds, and `rest` instructions later if it does not. */
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

/** Encodes a filter for the kernel: 8 bytes for each instruction, little-endian. */
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
