import type { LessonFigure } from '@bulkhead/contracts';
import * as v from 'valibot';
import type { Actor, Cast, Stage } from '../../lab/index.ts';
import { mappedAt } from './memory-maps.ts';
import { PosixCalls } from './posix-calls.ts';

type View = Extract<LessonFigure, { kind: 'memory' }>['views'][number];

/** Time between two reads of a process's memory for the figure, ms. */
const lookPeriodMs = 40;

const view = v.strictObject({
  address: v.string(),
  object: v.string(),
  access: v.picklist(['read-only', 'read-write', 'none']),
  bytes: v.array(v.number()),
});

/**
 * Returns the calls of a process that tells the director its view: the first `length` bytes of its mapping, their
 * address, and the kernel's data about the mapping. It tells the view again whenever it has changed.
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

/** Views that processes have told. */
export interface MemoryViews {
  /** Returns a process's last view with a mapping. */
  mapped(actor: string): View | undefined;
}

/**
 * Draws the last view of each of these processes under the name `memory`, and under `together` the views of the last
 * moment at which all of them had the memory mapped.
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
      // Keep the bytes that it saw before it unmapped.
      shown.set(cast.name, seen.access === 'none' ? { ...(mapped.get(cast.name) ?? seen), access: 'none' } : seen);
      draw();
    }
  };
  // The loop ends with the process. Its last view stays.
  for (const cast of casts) follow(cast).catch(() => undefined);
  return { mapped: (actor) => mapped.get(actor) };
}
