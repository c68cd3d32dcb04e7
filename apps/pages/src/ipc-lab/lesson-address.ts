import type { LessonPace } from '@bulkhead/contracts';
import { type Lesson, parametersOf } from '@bulkhead/ipc-models/lab';
import { findRequested } from '@bulkhead/ipc-models/lessons';

/** Paces of runs, by their names in the address. */
export const paces = {
  run: { kind: 'run' },
  slow: { kind: 'slow', stepMs: 250 },
  slower: { kind: 'slow', stepMs: 1000 },
  step: { kind: 'step' },
} as const satisfies Record<string, LessonPace>;
export type PaceName = keyof typeof paces;

export interface LessonAddress {
  lesson: Lesson;
  parameters: Record<string, string | number>;
  pace: PaceName;
  /** Whether the address had parameters that the lesson does not take. Then `parameters` are the defaults. */
  refused: boolean;
}

/**
 * Parses `bulkhead://ipc-lab/LESSON?name=value&pace=step`. Returns undefined for the list of lessons, null if there is
 * no such lesson.
 */
export function readAddress({ pathname, search }: Pick<URL, 'pathname' | 'search'>): LessonAddress | null | undefined {
  const id = pathname.replace(/^\//, '');
  if (id === '') return undefined;
  const { pace = 'run', ...asked } = Object.fromEntries(new URLSearchParams(search));
  const requested = findRequested(id, asked);
  if (!requested) return null;
  const { lesson } = requested;
  const given = isPace(pace) ? parametersOf(lesson, requested.given) : undefined;
  const parameters = given ?? parametersOf(lesson, {}) ?? {};
  return { lesson, parameters, pace: given && isPace(pace) ? pace : 'run', refused: given === undefined };
}

const isPace = (name: string): name is PaceName => Object.hasOwn(paces, name);

/** Returns the address of a lesson with these parameters and this pace. Leaves out values that are the default. */
export function writeAddress(
  { id, parameters }: Lesson,
  values: Readonly<Record<string, string | number>>,
  pace: PaceName = 'run',
): string {
  const changed = Object.entries(values).filter(([name, value]) => parameters[name]?.default !== value);
  if (pace !== 'run') changed.push(['pace', pace]);
  const query = new URLSearchParams(changed.map(([name, value]) => [name, String(value)])).toString();
  return `bulkhead://ipc-lab/${id}${query && `?${query}`}`;
}
