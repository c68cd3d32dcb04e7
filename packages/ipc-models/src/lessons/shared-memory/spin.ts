import type { Actor } from '../../lab/index.ts';

/**
 * The textbook's `while (!condition) ;`: looks and looks again, and takes a whole processor for it. Nothing else of the
 * process goes on for `stretchMs` at most; whoever waits shorter makes no system call at all.
 */
export async function spinUntil(actor: Pick<Actor, 'turn'>, condition: () => boolean, stretchMs = 20): Promise<void> {
  for (;;) {
    const end = performance.now() + stretchMs;
    do {
      for (let look = 0; look < 100; look++) if (condition()) return;
    } while (performance.now() < end);
    await actor.turn();
  }
}
