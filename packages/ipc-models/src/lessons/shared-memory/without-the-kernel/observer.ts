import { SystemCallWatch, systemCallName } from '@bulkhead/shared-memory/observing';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../common-memory.ts';
import { refusal } from '../posix-calls.ts';
import type { withoutTheKernel } from './lesson.ts';
import { PHASE, phases, wordCount } from './plan.ts';

export const program: Program<typeof withoutTheKernel> = async (actor) => {
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const pid = v.parse(v.number(), await actor.told('pid'));
  await actor.told('watch');
  const counts = { memory: new Map<number, number>(), socket: new Map<number, number>() };
  const seize = async (): Promise<SystemCallWatch | undefined> => {
    let watching: SystemCallWatch | undefined;
    const attach = () => {
      watching = new SystemCallWatch(pid);
    };
    // If watching is not allowed, the lesson goes on without it.
    actor.call(`ptrace(PTRACE_SEIZE, ${pid}, 0, PTRACE_O_TRACESYSGOOD)`, () => refusal(attach) ?? 0);
    actor.tell('watching', true);
    await actor.flush();
    return watching;
  };
  // ---
  await actor.step('seize');
  const watch = await seize();
  await actor.step('count');
  for (;;) {
    const call = watch?.next(); // the kernel stops the asker at its next system call
    const phase = Atomics.load(memory, PHASE);
    if (call === undefined || phase === phases.over) break;
    if (phase === phases.memory) add(counts.memory, call);
    if (phase === phases.socket) add(counts.socket, call);
  }
  watch?.end();
  // ---
  actor.tell('counts', { memory: named(counts.memory), socket: named(counts.socket) });
  return { watched: watch !== undefined };
};

function add(counts: Map<number, number>, call: number): void {
  counts.set(call, (counts.get(call) ?? 0) + 1);
}

function named(counts: ReadonlyMap<number, number>): Record<string, number> {
  return Object.fromEntries([...counts].map(([number, count]) => [systemCallName(number), count]));
}
