import { readlinkSync } from 'node:fs';
import type { LessonFigure } from '@bulkhead/contracts';

type Parts = Extract<LessonFigure, { kind: 'parts' }>;

interface Side {
  readonly name: string;
  readonly pid: number;
  /** Its descriptors: see `descriptorLine`. */
  readonly lines: readonly string[];
}

/** Returns a figure of two processes and the kernel object between them. `both`: data goes in both directions. */
export function connectionFigure(
  [one, other]: readonly [Side, Side],
  object: {
    readonly label: string;
    readonly lines: readonly string[];
    readonly shape?: Parts['parts'][number]['shape'];
  },
  both: boolean,
): LessonFigure {
  const part = ({ name, pid, lines }: Side): Parts['parts'][number] => ({
    id: name,
    shape: 'process',
    label: name,
    pid,
    lines: [...lines],
  });
  const { label, lines, shape = 'kernel' } = object;
  return {
    kind: 'parts',
    parts: [part(one), { id: 'object', shape, label, pid: null, lines: [...lines] }, part(other)],
    links: [
      { from: one.name, to: 'object', label: '', both },
      { from: 'object', to: other.name, label: '', both },
    ],
  };
}

/** Returns the kernel's description of this process's descriptor, such as `fd 12 → pipe:[34567]`. */
export const descriptorLine = (fd: number): string => `fd ${fd} → ${readlinkSync(`/proc/self/fd/${fd}`)}`;
