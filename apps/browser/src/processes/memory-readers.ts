import { readFileSync } from 'node:fs';
import type { MemoryReaders } from '@bulkhead/contracts';

const scopes: readonly MemoryReaders[] = ['user', 'parents', 'administrators', 'none'];
const yama = '/proc/sys/kernel/yama/ptrace_scope';

/** Returns the present setting, which an administrator can change. Without Yama every process of the user may read. */
export function readMemoryReaders(file = yama): MemoryReaders | null {
  try {
    return scopes[Number(readFileSync(file, 'utf8'))] ?? null;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'user' : null;
  }
}
