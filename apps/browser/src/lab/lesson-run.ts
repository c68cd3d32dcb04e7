import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type LessonEvent,
  type LessonFacts,
  type LessonFigure,
  type LessonPace,
  type LessonParameters,
  type LessonUpdate,
  lessonEventsAtOnce,
  maximumLessonEvents,
} from '@bulkhead/contracts';
import { type Director, type Lesson, limitsAt } from '@bulkhead/ipc-models/lab';
import { monotonicUs } from '@bulkhead/shared-memory';
import type { LabProgram } from './lab-program.ts';
import { LessonBounds } from './lesson-bounds.ts';
import type { LessonProcess } from './lesson-process.ts';
import { LessonStage } from './lesson-stage.ts';

/** Time to watch the other processes after a process was ended from outside, ms. */
const graceMs = 2000;
/** Name for the director's own notes. */
export const directorName = 'browser';

export interface LessonRunOptions {
  number: number;
  entry: string;
  lesson: Lesson;
  parameters: LessonParameters;
  pace: LessonPace;
  program: LabProgram;
}

/** One run of one lesson, from the start of its first process to the end of its last. */
export class LessonRun extends EventEmitter<{ changed: [] }> {
  /** Settles when everything of the run is gone. */
  readonly ended: Promise<void>;
  readonly #options: LessonRunOptions;
  readonly #stage: LessonStage;
  readonly #stop = new AbortController();
  readonly #startUs = monotonicUs();
  readonly #events: LessonEvent[] = [];
  readonly #figures = new Map<string, LessonFigure>();
  #droppedEvents = 0;
  #pace: LessonPace;
  /** Why the run must end, unless it ends by itself. */
  #why: LessonUpdate['ending'] = null;
  #ending: LessonUpdate['ending'] = null;
  #error: string | null = null;
  #outcome: LessonUpdate['outcome'] = null;
  /** The director has finished: processes that end now belong to the end of the run. */
  #over = false;
  /** A process was ended from outside. */
  #hurt = false;
  readonly #bounds: LessonBounds;

  constructor(options: LessonRunOptions, loadDirector: () => Promise<{ direct: Director<never> }>) {
    super();
    this.#options = options;
    this.#pace = options.pace;
    const { entry, lesson, parameters, program } = options;
    this.#stage = new LessonStage({
      entry,
      lesson,
      parameters,
      program,
      signal: this.#stop.signal,
      pace: () => this.#pace,
      onProcess: (process) => this.#watch(process),
      onNote: (key, values) => this.#note(key, values),
      onFigure: (name, figure) => this.#show(name, figure),
    });
    const pids = () => this.processes.filter(({ alive, pid }) => alive && pid > 0).map(({ pid }) => pid);
    this.#bounds = new LessonBounds(limitsAt(lesson, this.#pace), pids, (what) => this.#end(what));
    this.ended = this.#run(loadDirector).finally(() => {
      this.#bounds.close();
      this.emit('changed');
    });
  }

  /** The id of the lesson. */
  get lesson(): string {
    return this.#options.lesson.id;
  }

  get processes(): readonly LessonProcess[] {
    return this.#stage.processes;
  }

  /** Returns the state of the run, without the first `eventsSeen` events. */
  update(eventsSeen: number): LessonUpdate {
    const { number, lesson, parameters } = this.#options;
    return {
      run: number,
      lesson: lesson.id,
      parameters,
      pace: this.#pace,
      startUs: this.#startUs,
      actors: this.processes.map((each) => each.describe()),
      events: this.#events.slice(eventsSeen, eventsSeen + lessonEventsAtOnce),
      droppedEvents: this.#droppedEvents,
      figures: [...this.#figures].map(([name, figure]) => ({ name, figure })),
      ending: this.#ending,
      error: this.#error,
      outcome: this.#outcome,
    };
  }

  get eventCount(): number {
    return this.#events.length;
  }

  setPace(pace: LessonPace): void {
    this.#pace = pace;
    for (const each of this.processes) each.setPace(pace);
    this.#restartBounds();
    this.emit('changed');
  }

  /** Continues one held process, or all of them. */
  step(name: string | null): void {
    for (const each of this.processes) if (name === null || each.name === name) each.go();
    this.#restartBounds();
  }

  /** Sends a signal from outside of the lesson. Returns false when there is no such process. */
  signal(name: string, signal: NodeJS.Signals): boolean {
    return this.processes.find((each) => each.name === name && each.alive)?.signal(signal) ?? false;
  }

  /** Ends the run. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#end('stopped');
    await this.ended;
  }

  async #run(loadDirector: () => Promise<{ direct: Director<never> }>): Promise<void> {
    const aborted = new Promise<never>((_resolve, reject) => {
      this.#stop.signal.addEventListener('abort', () => reject(this.#stop.signal.reason));
    });
    aborted.catch(() => undefined); // handled by the races below
    let ending: LessonUpdate['ending'] = 'done';
    try {
      const { direct } = await loadDirector();
      // Safe: the parameters were checked against the lesson's declaration.
      const outcome = await Promise.race([direct(this.#stage as never), aborted]);
      this.#outcome = outcome;
      // Servers run until the end, and have not sent their last events yet.
      await Promise.race([Promise.all(this.processes.map((each) => each.flush())), aborted]);
    } catch (error) {
      // Also when the director noticed the end first, by a rejected call.
      if (this.#why === null && this.#hurt)
        await sleep(graceMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      ending = this.#why ?? (this.#hurt ? 'interrupted' : 'failed');
      if (ending === 'failed') this.#error = error instanceof Error ? error.message.slice(0, 2048) : String(error);
    }
    this.#over = true;
    this.#stop.abort(new Error('the run is over'));
    await this.#stage.dispose();
    this.#ending = ending;
  }

  #end(why: NonNullable<LessonUpdate['ending']>): void {
    this.#why ??= why;
    this.#stop.abort(new Error(`the run ends: ${why}`));
  }

  #watch(process: LessonProcess): void {
    process.on('changed', () => this.emit('changed'));
    process.on('events', (events) => this.#record(events));
    process.on('figure', (name, figure) => this.#show(name, figure));
    process.on('ended', ({ how, foreign, atUs }) => {
      if (this.#stop.signal.aborted || this.#over) return;
      const end = { text: how, result: null, values: {}, startUs: atUs, endUs: atUs, to: null };
      this.#record([{ actor: process.name, kind: 'end', ...end }]);
      if (!foreign) return;
      this.#hurt = true;
      // Shows what the others do now. A lesson about this end finishes by itself before that.
      setTimeout(() => this.#end('interrupted'), graceMs * 2).unref();
    });
    this.emit('changed');
  }

  #record(events: readonly LessonEvent[]): void {
    const room = maximumLessonEvents - this.#events.length;
    this.#events.push(...events.slice(0, room));
    this.#droppedEvents += Math.max(0, events.length - room);
    this.emit('changed');
  }

  #note(key: string, values: LessonFacts): void {
    const now = monotonicUs();
    const rest = { result: null, values, startUs: now, endUs: now, to: null };
    this.#record([{ actor: directorName, kind: 'note', text: key, ...rest }]);
  }

  #show(name: string, figure: LessonFigure): void {
    if (this.#figures.size >= maximumFigures && !this.#figures.has(name)) return;
    this.#figures.set(name, figure);
    this.emit('changed');
  }

  #restartBounds(): void {
    this.#bounds.restart(limitsAt(this.#options.lesson, this.#pace));
  }
}

const maximumFigures = 16;
