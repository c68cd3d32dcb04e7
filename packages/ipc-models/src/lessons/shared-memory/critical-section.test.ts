import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Actor, Cast, Stage } from '../../lab/index.ts';
import { wordsOf } from './common-memory.ts';
import { attachGuardedMemory, giveGuardedMemory, type LockKind, lockWords } from './critical-section.ts';

const undo: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

/** Makes the ends of two processes in this process. Values that the director tells are available at once. */
async function two(kind: LockKind) {
  const stage = { onEnd: (each: () => void) => void undo.push(each) } as unknown as Stage;
  const told = new Map<string, unknown>();
  const attachedAll = Promise.withResolvers<void>();
  const cast = {
    tell: (name: string, value: unknown) => void told.set(name, value),
    told: () => attachedAll.promise,
  } as unknown as Cast;
  await giveGuardedMemory(stage, kind, 16, [cast]);
  const nothing = async () => undefined;
  const actor = { told: async (name: string) => told.get(name), turn: nothing, tell: nothing } as unknown as Actor;
  const attached = [await attachGuardedMemory(actor, kind), await attachGuardedMemory(actor, kind)] as const;
  for (const { segment } of attached) undo.push(() => segment.detach());
  attachedAll.resolve();
  await nothing();
  return attached;
}

/** Returns the named objects of this process. */
const names = () => readdirSync('/dev/shm').filter((name) => name.includes(`bulkhead-${process.pid}-`));

test.each(['semaphore', 'mutex'] as const)('lets one process in at a time, and has no name then: %s', async (kind) => {
  const [one, other] = await two(kind);
  expect(names()).toEqual([]);
  expect(await one.section.enter()).toEqual({ recovered: false });
  expect(await other.section.enter(5)).toBeUndefined();
  one.section.leave();
  expect(await other.section.enter(1000)).toEqual({ recovered: false });
  other.section.leave();
});

test('lets every process in without a lock', async () => {
  const [one, other] = await two('none');
  expect([await one.section.enter(), await other.section.enter()]).toEqual([
    { recovered: false },
    { recovered: false },
  ]);
});

test('shares the memory after the lock', async () => {
  const [one, other] = await two('mutex');
  await one.section.enter();
  wordsOf(one.segment, lockWords, 16).fill(7);
  one.section.leave();
  expect(Array.from(wordsOf(other.segment, lockWords, 16))).toEqual(Array(16).fill(7));
  expect(await other.section.enter(1000)).toEqual({ recovered: false });
  other.section.leave();
});
