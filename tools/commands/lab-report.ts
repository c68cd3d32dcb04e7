import type { LessonEvent, LessonUpdate } from '@bulkhead/contracts';
import { findLesson } from '@bulkhead/ipc-models/lessons';
import { createWords } from '@bulkhead/ui/strings';
import Table from 'cli-table3';

export interface LabResult {
  readonly runtime: Readonly<Record<string, string>>;
  readonly lessons: readonly LessonUpdate[];
}

/** Texts for runs without an outcome. */
const endings: Readonly<Record<Exclude<LessonUpdate['ending'], null>, string>> = {
  done: 'It ended without an outcome.',
  stopped: 'The run was stopped.',
  interrupted: 'The run could not go on: a process that it needs was ended from outside.',
  failed: 'The run failed:',
  'out-of-time': 'The run was ended: it was out of time.',
  'out-of-cpu': 'The run was ended: its processes were out of processor time.',
  'out-of-memory': 'The run was ended: a process of it was out of memory.',
};

/** Largest number of printed events of a run. The JSON has all events. */
const shownEvents = 60;

/** Returns a run as text: processes, events in the order of time, and outcome. */
export function formatRun(run: LessonUpdate): string {
  const lesson = findLesson(run.lesson);
  if (!lesson) return run.lesson;
  const say = createWords('en', lesson.words);
  const has = (key: string) => Object.hasOwn(lesson.words.en, key);
  const values = { ...run.parameters, ...textsOf(run.outcome?.facts ?? {}) };
  const events = run.events.toSorted((a, b) => a.startUs - b.startUs);
  const table = new Table({
    head: ['ms', 'process', 'took ms', 'what'],
    style: { head: [], border: [], compact: true },
  });
  const textOf = ({ kind, text, values: filled, result, to }: LessonEvent) => {
    const key = `note.${text}`;
    if (kind === 'note') return has(key) ? say(key, textsOf(filled)) : text;
    if (kind === 'message') return `→ ${to}: ${text}`;
    return result === null ? text : `${text} = ${result}`;
  };
  for (const event of events.slice(0, shownEvents)) {
    const took = event.endUs - event.startUs;
    table.push([
      milliseconds(event.startUs - run.startUs),
      event.actor,
      took > 0 ? milliseconds(took) : '',
      textOf(event),
    ]);
  }
  const more = run.events.length + run.droppedEvents - Math.min(run.events.length, shownEvents);
  return [
    `${lesson.statement}. ${say('title')} (${run.lesson})`,
    say('idea'),
    `processes: ${run.actors.map(({ name, pid }) => `${name} ${pid}`).join(', ')}`,
    table.toString(),
    ...(more > 0 ? [`… and ${more} more`] : []),
    `${say('question', values)} ${run.outcome ? say(`answer.${run.outcome.answer}`, values) : ''}`,
    run.outcome
      ? say(`outcome.${run.outcome.answer}`, values)
      : `${endings[run.ending ?? 'stopped']} ${run.error ?? ''}`.trimEnd(),
    `${run.outcome?.held ? 'held' : 'NOT HELD'}\n`,
  ].join('\n');
}

const milliseconds = (us: number) => (us / 1000).toFixed(2);

function textsOf(values: Readonly<Record<string, string | number | boolean>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]),
  );
}
