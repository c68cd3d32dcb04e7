import { readlinkSync } from 'node:fs';
import type { LessonFigure } from '@bulkhead/contracts';

type Parts = Extract<LessonFigure, { kind: 'parts' }>;

interface Side {
  readonly name: string;
  readonly pid: number;
  /** What it holds: see `descriptorLine`. */
  readonly lines: readonly string[];
}

/** Two processes, and what the kernel has between them. `both`: it carries in both directions. */
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

/** `fd 12 → pipe:[34567]`: what this process's descriptor is for, as its kernel tells it. */
export const descriptorLine = (fd: number): string => `fd ${fd} → ${readlinkSync(`/proc/self/fd/${fd}`)}`;
