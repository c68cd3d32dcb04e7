import type { PaintedThing } from '@bulkhead/contracts';
import type { Shell } from '../shell/shell.ts';

interface Awaited {
  what: PaintedThing;
  pid: number;
  resolve: (at: number) => void;
}

/** For each shell, the drawings that callers wait for. Some of them may never come. */
const awaited = new WeakMap<Pick<Shell, 'on'>, Set<Awaited>>();
/** Most waits that are kept, the newest. A run of the matrix never has more at once. */
export const mostAwaited = 64;

/**
 * Resolves with the time at which the shell reports that this is on the screen, performance.now(). Call it before the
 * fault. Stays pending if it is never drawn.
 */
export function whenPainted(shell: Pick<Shell, 'on'>, what: PaintedThing, pid: number): Promise<number> {
  const all = awaited.get(shell) ?? listen(shell);
  return new Promise((resolve) => {
    all.add({ what, pid, resolve });
    const [oldest] = all;
    if (oldest && all.size > mostAwaited) all.delete(oldest);
  });
}

/** Adds the one listener of this shell, for all waits. */
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
