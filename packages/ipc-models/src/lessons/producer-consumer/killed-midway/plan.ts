import type { Actor } from '../../../lab/index.ts';
import { BufferMemory } from '../shared-buffer.ts';

/** The item at which the victim is killed. */
export const fatalItem = 4;

/** Returns the position of the ledger, after the buffer. It counts how often each item was consumed, by its number. */
export const ledgerAt = (n: number): number => Math.ceil(BufferMemory.words(n) / 16) * 16;
export const wordCount = (n: number, items: number): number => ledgerAt(n) + items + 1;

/** Label of the line before which the victim is killed, by role and parameter value. */
const lines: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  producer: { work: 'produce', wait: 'wait', item: 'store', index: 'advance' },
  consumer: { wait: 'wait', item: 'load', index: 'advance', work: 'consume' },
};

/**
 * Marks the lines of a process's program. The first victim tells the director before its fatal line and stops there;
 * the director kills it.
 */
export function fatalSteps(actor: Actor, { victim, at }: { victim: string; at: string }) {
  const fatalLine = actor.name === victim ? lines[victim]?.[at] : undefined;
  return async (label: string, item: number): Promise<void> => {
    await actor.step(label);
    if (label !== fatalLine || item !== fatalItem) return;
    await actor.flush();
    actor.tell('here', label);
    await actor.told('never');
  };
}
