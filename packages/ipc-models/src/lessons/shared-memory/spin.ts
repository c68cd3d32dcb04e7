import type { Actor } from '../../lab/index.ts';

/**
 * The textbook's `while (!condition) ;`: checks again and again, and takes a whole processor. The event loop runs every
 * `stretchMs`. A shorter wait makes no system call.
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
