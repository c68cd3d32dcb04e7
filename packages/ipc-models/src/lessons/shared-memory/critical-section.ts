import { mutexBytes, NamedSemaphore, Region, RobustMutex, type Segment } from '@bulkhead/shared-memory';
import * as v from 'valibot';
import type { Actor, Cast, Stage } from '../../lab/index.ts';
import { attachMemory, firstByte, giveMemory, onceAttached } from './common-memory.ts';

/** Kind of lock of the critical section. */
export type LockKind = 'none' | 'semaphore' | 'mutex';

/** Longest time that a process blocks for a lock before its event loop runs, ms. */
const stretchMs = 2;
/** Longest time that a process runs without its event loop, ms. */
const breathMs = 20;

/** Words of the lock, which is at the start of the lesson's memory. The other data follows. */
export const lockWords = mutexBytes / 4;

/**
 * Makes memory of `words` words after a lock of this kind, for these processes, until the run ends. For the director.
 */
export async function giveGuardedMemory(
  stage: Stage,
  kind: LockKind,
  words: number,
  casts: readonly Cast[],
): Promise<{ segment: Segment; semaphore: NamedSemaphore | undefined }> {
  // A pthread mutex contains pointers of the C library. It must not be in sealed memory, which is for untrusted peers.
  const bytes = mutexBytes + 4 * words;
  const segment = await giveMemory(stage, bytes, casts, kind === 'mutex' ? 'named' : 'sealed');
  if (kind === 'mutex') new RobustMutex(new Region(segment, firstByte, mutexBytes), { initialise: true });
  const semaphore = kind === 'semaphore' ? NamedSemaphore.create(1) : undefined;
  if (semaphore) {
    stage.onEnd(() => {
      semaphore.unlink();
      semaphore.close();
    });
  }
  for (const cast of casts) cast.tell('semaphore', semaphore?.name ?? '');
  if (kind !== 'none') {
    onceAttached(casts, () => {
      semaphore?.unlink();
      if (kind === 'mutex') segment.unlink();
    });
  }
  return { segment, semaphore };
}

/** Attaches the memory and the critical section. For a process. */
export async function attachGuardedMemory(actor: Actor, kind: LockKind) {
  const segment = await attachMemory(actor);
  const name = v.parse(v.string(), await actor.told('semaphore'));
  const section = new CriticalSection(actor, kind, segment, name);
  actor.tell('attached', true);
  return { segment, section };
}

/** Entry and exit section. A wait blocks the thread, as in the textbook, but only for short stretches. */
export class CriticalSection {
  readonly #actor: Actor;
  readonly #mutex: RobustMutex | undefined;
  readonly #semaphore: NamedSemaphore | undefined;
  #breathed = performance.now();

  constructor(actor: Actor, kind: LockKind, segment: Segment, semaphore: string) {
    this.#actor = actor;
    if (kind === 'mutex')
      this.#mutex = new RobustMutex(new Region(segment, firstByte, mutexBytes), { initialise: false });
    if (kind === 'semaphore') this.#semaphore = NamedSemaphore.open(semaphore);
  }

  /**
   * Resolves once no other process is inside, or at once without a lock; to undefined after `timeoutMs`. `recovered`:
   * the last holder of the mutex died inside (EOWNERDEAD).
   */
  async enter(timeoutMs = Number.POSITIVE_INFINITY): Promise<{ readonly recovered: boolean } | undefined> {
    const start = performance.now();
    if (start - this.#breathed > breathMs) await this.#breathe();
    for (;;) {
      const entered = this.#tryEnter();
      if (entered) return entered;
      if (performance.now() - start > timeoutMs) return undefined;
      await this.#breathe();
    }
  }

  leave(): void {
    this.#mutex?.unlock();
    this.#semaphore?.post();
  }

  #tryEnter(): { readonly recovered: boolean } | undefined {
    if (this.#mutex) return this.#mutex.lockBlocking(stretchMs);
    if (this.#semaphore) return this.#semaphore.waitBlocking(stretchMs) ? { recovered: false } : undefined;
    return { recovered: false };
  }

  async #breathe(): Promise<void> {
    await this.#actor.turn();
    this.#breathed = performance.now();
  }
}
