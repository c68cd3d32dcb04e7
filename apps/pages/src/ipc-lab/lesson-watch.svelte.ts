import type { EndSignal, LessonEvent, LessonPace, LessonParameters, LessonUpdate } from '@bulkhead/contracts';
import type { PageHost } from '../page-host.ts';

/** This page's run: its state and all its events. */
export class LessonWatch {
  /** Null until the first run. */
  run: Omit<LessonUpdate, 'events'> | null = $state.raw(null);
  /** Events in order of their start. */
  events: readonly LessonEvent[] = $state.raw([]);
  /** Whether a run was requested that has not started yet. */
  starting = $state(false);
  readonly running = $derived(this.starting || (this.run !== null && this.run.ending === null));
  readonly #host: PageHost;

  constructor(host: PageHost) {
    this.#host = host;
  }

  /** Reads the updates. Rejects when the connection to the browser is lost. */
  async follow(): Promise<void> {
    for await (const { events, ...run } of this.#host.stream.lesson()) {
      const before = run.run === this.run?.run ? this.events : [];
      // Processes send their events in batches, so an earlier event may arrive later.
      if (events.length > 0 || before.length === 0) {
        this.events = [...before, ...events].sort((a, b) => a.startUs - b.startUs);
      }
      this.run = run;
      this.starting = false;
    }
  }

  async start(lesson: string, parameters: LessonParameters, pace: LessonPace): Promise<void> {
    this.starting = true;
    if (!(await this.#host.call.startLesson(lesson, parameters, pace))) this.starting = false;
  }

  pace(pace: LessonPace): Promise<void> {
    return this.#host.call.paceLesson(pace);
  }

  step(actor: string | null): Promise<void> {
    return this.#host.call.stepLesson(actor);
  }

  stop(): Promise<void> {
    return this.#host.call.stopLesson();
  }

  signal(actor: string, signal: EndSignal): Promise<boolean> {
    return this.#host.call.signalActor(actor, signal);
  }
}
