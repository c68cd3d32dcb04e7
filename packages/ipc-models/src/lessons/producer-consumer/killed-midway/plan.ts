import type { Actor } from '../../../lab/index.ts';
import { BufferMemory } from '../shared-buffer.ts';

/** The item at which the victim is killed. */
export const fatalItem = 4;

/** Behind the buffer: how often each item was consumed, by its number. That is the work, done outside of the buffer. */
export const ledgerAt = (n: number): number => Math.ceil(BufferMemory.words(n) / 16) * 16;
export const wordCount = (n: number, items: number): number => ledgerAt(n) + items + 1;

/** The line before which the victim is killed, by what the parameter calls it. */
const lines: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  producer: { work: 'produce', wait: 'wait', item: 'store', index: 'advance' },
  consumer: { wait: 'wait', item: 'load', index: 'advance', work: 'consume' },
};

/**
 * Marks the lines of a process's program. The victim's first life stops for good before its fatal line, once it has told
 * the director, who kills it.
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
