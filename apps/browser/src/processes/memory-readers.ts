import { readFileSync } from 'node:fs';
import type { MemoryReaders } from '@bulkhead/contracts';

const scopes: readonly MemoryReaders[] = ['user', 'parents', 'administrators', 'nobody'];
const yama = '/proc/sys/kernel/yama/ptrace_scope';

/** As the system says now: an administrator can change it. A system without Yama lets every process of the user. */
export function readMemoryReaders(file = yama): MemoryReaders | null {
  try {
    return scopes[Number(readFileSync(file, 'utf8'))] ?? null;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'user' : null;
  }
}
