import type { PaintedThing } from '@bulkhead/contracts';
import type { Shell } from '../shell/shell.ts';

interface Awaited {
  what: PaintedThing;
  pid: number;
  resolve: (at: number) => void;
}

/** For each shell, the drawings that callers wait for. Some of them may never come. */
const awaited = new WeakMap<Pick<Shell, 'on'>, Set<Awaited>>();
/** The newest are kept: a run of the matrix does not wait for more at once. */
export const mostAwaited = 64;

/**
 * Time at which the shell first said that this is on the screen, performance.now(). Begin before the fault; it stays
 * pending for what is never drawn.
 */
export function whenPainted(shell: Pick<Shell, 'on'>, what: PaintedThing, pid: number): Promise<number> {
  const all = awaited.get(shell) ?? listen(shell);
  return new Promise((resolve) => {
    all.add({ what, pid, resolve });
    const [oldest] = all;
    if (oldest && all.size > mostAwaited) all.delete(oldest);
  });
}

/** One listener for all that is ever awaited. */
function listen(shell: Pick<Shell, 'on'>): Set<Awaited> {
  const all = new Set<Awaited>();
  awaited.set(shell, all);
  shell.on('painted', ({ what, pid }) => {
    for (const each of all) {
      if (each.pid !== pid || each.what !== what) continue;
      all.delete(each);
      each.resolve(performance.now());
    }
  });
  return all;
}
