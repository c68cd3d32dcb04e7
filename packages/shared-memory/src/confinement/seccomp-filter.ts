import type { Architecture } from './system-calls.ts';

// Classic BPF, <linux/filter.h>: an instruction is { u16 code; u8 jt; u8 jf; u32 k }, jumps count from the next one.
const loadWord = 0x20; // BPF_LD | BPF_W | BPF_ABS
const jumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const jumpIfSet = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const jumpIfAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const giveBack = 0x06; // BPF_RET | BPF_K

// Offsets in struct seccomp_data, <linux/seccomp.h>.
const numberOffset = 0;
const architectureOffset = 4;
/** Lower half of the first argument, on little-endian machines: both of ours are. */
const firstArgumentOffset = 16;
const thirdArgumentOffset = 32;

const allow = 0x7fff_0000; // SECCOMP_RET_ALLOW
const refuse = (errno: number) => 0x0005_0000 | errno; // SECCOMP_RET_ERRNO
const killProcess = 0x8000_0000; // SECCOMP_RET_KILL_PROCESS
const EPERM = 1;
const ENOSYS = 38;
/** A thread of this process; every other clone makes a new one. */
const CLONE_THREAD = 0x0001_0000;
/** Advice that takes pages out of the object itself, for everybody who has it mapped. The kernel reads 32 bits of it. */
const MADV_REMOVE = 9;
/** x64 only: calls of the x32 ABI carry this bit, and would slip past a list of numbers. */
const x32Bit = 0x4000_0000;

export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/**
 * A deny list: refuses what `architecture.calls` names, new processes and holes in shared memory with EPERM, and allows
 * the rest. Every other advice about memory is the engine's daily bread.
 */
export function seccompFilter({ audit, calls, clone, clone3, madvise }: Architecture): Instruction[] {
  const statement = (code: number, k: number): Instruction => ({ code, jt: 0, jf: 0, k: k >>> 0 });
  const branch = (code: number, k: number, jt: number, jf: number): Instruction => ({ code, jt, jf, k: k >>> 0 });
  /** Gives `answer` for one number and goes on behind it for the others. */
  const answer = (number: number, value: number) => [branch(jumpIfEqual, number, 0, 1), statement(giveBack, value)];
  const denied = Object.values(calls).filter((number) => number !== null);
  return [
    statement(loadWord, architectureOffset),
    branch(jumpIfEqual, audit, 1, 0),
    statement(giveBack, killProcess),
    statement(loadWord, numberOffset),
    branch(jumpIfAtLeast, x32Bit, 0, 1),
    statement(giveBack, refuse(EPERM)),
    ...denied.flatMap((number) => answer(number, refuse(EPERM))),
    // Its flags lie in memory, where a filter cannot look. The C library falls back to clone.
    ...answer(clone3, refuse(ENOSYS)),
    branch(jumpIfEqual, clone, 0, 4),
    statement(loadWord, firstArgumentOffset),
    branch(jumpIfSet, CLONE_THREAD, 0, 1),
    statement(giveBack, allow),
    statement(giveBack, refuse(EPERM)),
    branch(jumpIfEqual, madvise, 0, 3),
    statement(loadWord, thirdArgumentOffset),
    branch(jumpIfEqual, MADV_REMOVE, 0, 1),
    statement(giveBack, refuse(EPERM)),
    statement(giveBack, allow),
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
