import type { Shell } from '../shell.ts';

/** What the shell says that it has drawn. */
export type Painted = 'tab' | 'plugin' | 'hang' | 'notice';

/**
 * Time at which the shell first said that this is on the screen, performance.now(). Begin before the fault; it stays
 * pending for what is never drawn.
 */
export function whenPainted(shell: Shell, what: readonly Painted[], pid: number): Promise<number> {
  return new Promise((resolve) => {
    const listener = (painted: { type: Painted; pid: number | null }) => {
      if (!what.includes(painted.type) || painted.pid !== pid) return;
      shell.off('endPainted', listener);
      shell.off('painted', listener);
      resolve(performance.now());
    };
    shell.on('endPainted', listener);
    shell.on('painted', listener);
  });
}
