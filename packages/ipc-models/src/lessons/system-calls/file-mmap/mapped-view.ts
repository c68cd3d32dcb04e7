import type { LessonFigure } from '@bulkhead/contracts';
import { mappedAt } from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';

export const mappedView = v.object({
  address: v.string(),
  object: v.string(),
  bytes: v.array(v.number()),
});
export type MappedView = v.InferOutput<typeof mappedView>;

const shownBytes = 16;

/** Returns a process's view of its mapping: address, file, and first bytes. */
export function viewOf(bytes: Uint8Array<SharedArrayBuffer>, { dev, ino }: { dev: number; ino: number }): MappedView {
  return {
    address: mappedAt(bytes),
    object: `device ${dev >> 8}:${dev & 0xff}, inode ${ino}`,
    bytes: [...bytes.subarray(0, shownBytes)],
  };
}

export const memoryFigure = (views: Readonly<Record<string, MappedView>>): LessonFigure => ({
  kind: 'memory',
  views: Object.entries(views).map(([actor, view]) => ({ actor, access: 'read-write', ...view })),
});
