import type { LessonFigure } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { Actor, Cast, Stage } from '../../lab/index.ts';
import { mappedAt } from './memory-maps.ts';
import { PosixCalls } from './posix-calls.ts';

type View = Extract<LessonFigure, { kind: 'memory' }>['views'][number];

/** How often a process looks at its memory for the figure, ms. */
const lookPeriodMs = 40;

const view = v.strictObject({
  address: v.string(),
  object: v.string(),
  access: v.picklist(['read-only', 'read-write', 'none']),
  bytes: v.array(v.number()),
});

/**
 * The calls of a process that tells the director what it sees: the first `length` bytes of the memory that it maps, where
 * it has them, and what the kernel says of that; from then on, whenever it looks and that has changed.
 */
export function shownCalls(actor: Actor, length: number): PosixCalls {
  const posix = new PosixCalls(actor, (memory) => {
    const address = posix.addressOf(memory);
    let told = '';
    const look = () => {
      const mapped = posix.isMapped(memory) ? mappedAt(address) : undefined;
      const { object, access } = mapped ?? { object: '–', access: 'none' as const };
      const seen = { address, object, access, bytes: mapped ? Array.from(memory.subarray(0, length)) : [] };
      const text = JSON.stringify(seen);
      if (text === told) return;
      told = text;
      actor.tell('view', seen);
    };
    const lookAtOthers = posix.onUse;
    posix.onUse = () => {
      lookAtOthers();
      look();
    };
    setInterval(look, lookPeriodMs);
    look();
  });
  return posix;
}

/** What processes have told of their memory. */
export interface MemoryViews {
  /** A process's view as it was last while it had something mapped. */
  mapped(actor: string): View | undefined;
}

/**
 * Draws, under the name `memory`, what each of these processes has told last; and under `together`, what they saw when
 * all of them had it mapped last.
 */
export function drawMemory(stage: Stage, casts: readonly Cast[], together?: string): MemoryViews {
  const shown = new Map<string, View>();
  const mapped = new Map<string, View>();
  const draw = () => {
    const views = casts.flatMap(({ name }) => shown.get(name) ?? []);
    stage.figure('memory', { kind: 'memory', views });
    const isTogether = views.length === casts.length && views.every(({ access }) => access !== 'none');
    if (together && isTogether) stage.figure(together, { kind: 'memory', views });
  };
  const follow = async (cast: Cast) => {
    for (;;) {
      const seen = { actor: cast.name, ...v.parse(view, await cast.told('view')) };
      if (seen.access !== 'none') mapped.set(cast.name, seen);
      // What it saw before it let go is still worth a look.
      shown.set(cast.name, seen.access === 'none' ? { ...(mapped.get(cast.name) ?? seen), access: 'none' } : seen);
      draw();
    }
  };
  // It ends with the process; what it saw last stays.
  for (const cast of casts) follow(cast).catch(() => undefined);
  return { mapped: (actor) => mapped.get(actor) };
}
