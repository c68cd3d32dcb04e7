import type { LessonPace } from '@bulkhead/contracts';
import { type Lesson, parametersOf } from '@bulkhead/ipc-models/lab';
import { findRequested } from '@bulkhead/ipc-models/lessons';

/** How fast runs go, by the name that the address has. */
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
  /** The address had parameters that the lesson does not take: these are its own. */
  refused: boolean;
}

/** What `bulkhead://ipc-lab/LESSON?name=value&pace=step` asks for; undefined for the list of lessons, null where there is no such lesson. */
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

/** The address that shows this lesson with these parameters at this pace; what is as declared is left out. */
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
