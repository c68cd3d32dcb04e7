import { mutexBytes, NamedSemaphore, Region, RobustMutex, type Segment } from '@bulkhead/shared-memory';
import * as v from 'valibot';
import type { Actor, Cast, Stage } from '../../lab/index.ts';
import { attachMemory, firstByte, giveMemory, onceAttached } from './common-memory.ts';

/** What keeps two processes from being in the critical section at once. */
export type LockKind = 'none' | 'semaphore' | 'mutex';

/** Longest time that a process stands still for a lock before it can be told something, ms. */
const stretchMs = 2;
/** Longest time that it runs without its event loop going on, ms. */
const breathMs = 20;

/** The lock has a cache line at the beginning of the lesson's memory; what else is there comes behind it. */
export const lockWords = mutexBytes / 4;

/** The director's: memory of `words` words behind a lock of this kind, for these processes. Both are gone with the run. */
export async function giveGuardedMemory(
  stage: Stage,
  kind: LockKind,
  words: number,
  casts: readonly Cast[],
): Promise<{ segment: Segment; semaphore: NamedSemaphore | undefined }> {
  // A pthread mutex holds pointers of the C library's: it must not be in sealed memory, which is for distrusted peers.
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

/** A process's: the memory, and the way into the critical section. */
export async function attachGuardedMemory(actor: Actor, kind: LockKind) {
  const segment = await attachMemory(actor);
  const name = v.parse(v.string(), await actor.told('semaphore'));
  const section = new CriticalSection(actor, kind, segment, name);
  actor.tell('attached', true);
  return { segment, section };
}

/** Entry and exit section. Waits as the textbook's processes do, standing still, but never for long at a time. */
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
   * Resolves once nobody else is inside, or at once where there is no lock; to undefined when that has not come within
   * `timeoutMs`. `recovered`: the mutex says that its last holder died inside (EOWNERDEAD).
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
