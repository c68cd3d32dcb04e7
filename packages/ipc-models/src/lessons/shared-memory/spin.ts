import type { Actor } from '../../lab/index.ts';

/** Nothing else of the process goes on for this long at most, ms. */
const stretchMs = 20;

/**
 * The textbook's `while (!condition) ;`: looks and looks again, and takes a whole processor for it. Between stretches of
 * 20 ms the process can be told something; whoever waits shorter makes no system call at all.
 */
export async function spinUntil(actor: Pick<Actor, 'turn'>, condition: () => boolean): Promise<void> {
  for (;;) {
    const end = performance.now() + stretchMs;
    do {
      for (let look = 0; look < 100; look++) if (condition()) return;
    } while (performance.now() < end);
    await actor.turn();
  }
}
