import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LessonFacts, LessonFigure, LessonPace, LessonParameters, ProcessEntry } from '@bulkhead/contracts';
import type { Lesson, Stage, StageTab } from '@bulkhead/ipc-models/lab';
import type { Endpoint } from '@bulkhead/rpc';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import { monotonicUs } from '@bulkhead/shared-memory';
import { MessageChannelMain } from 'electron';
import { log } from '../log/log.ts';
import type { LabProgram } from './lab-program.ts';
import { lessonFolderPrefix } from './lesson-folders.ts';
import { LessonProcess } from './lesson-process.ts';

interface StageOptions {
  entry: string;
  lesson: Lesson;
  parameters: LessonParameters;
  program: LabProgram;
  signal: AbortSignal;
  /** Returns the present pace, for a process that starts. */
  pace(): LessonPace;
  onProcess(process: LessonProcess): void;
  onNote(key: string, values: LessonFacts): void;
  onFigure(name: string, figure: LessonFigure): void;
}

/** The environment of a lesson's director: processes, channels and a folder, all of which end with the run. */
export class LessonStage implements Stage {
  readonly parameters: LessonParameters;
  readonly signal: AbortSignal;
  readonly nowUs = monotonicUs;
  readonly #options: StageOptions;
  readonly #processes: LessonProcess[] = [];
  readonly #undo: (() => void | Promise<void>)[] = [];
  #folder: Promise<string> | undefined;
  #disposed = false;

  constructor(options: StageOptions) {
    this.#options = options;
    this.parameters = options.parameters;
    this.signal = options.signal;
  }

  get processes(): readonly LessonProcess[] {
    return this.#processes;
  }

  async start(role: string, name = role): Promise<LessonProcess> {
    const { entry, lesson, parameters, pace, onProcess, signal } = this.#options;
    signal.throwIfAborted();
    if (this.#disposed) throw new Error('the run is over');
    if (!lesson.roles.includes(role)) throw new Error(`lesson ${lesson.id} has no role ${role}`);
    if (this.#processes.length >= maximumProcesses)
      throw new Error(`lesson ${lesson.id} may have at most ${maximumProcesses} processes`);
    // Above the memory limit, so that the run is ended for its memory, not by an abort of the process.
    const heapMiB = Math.ceil(1.5 * lesson.limits.memoryMiB);
    const cast = new LessonProcess({
      entry,
      lesson: lesson.id,
      needs: lesson.needs ?? [],
      // A confined process can get access to no further folder.
      folder: lesson.needs?.includes('system-calls') ? await this.folder() : null,
      role,
      name,
      parameters,
      pace: pace(),
      heapMiB,
    });
    this.#processes.push(cast);
    onProcess(cast);
    await cast.started;
    return cast;
  }

  channel(name: string, one: LessonProcess, other: LessonProcess): void {
    const { port1, port2 } = new MessageChannelMain();
    one.give(name, port1);
    other.give(name, port2);
  }

  channelTo(name: string, cast: LessonProcess): Endpoint {
    const { port1, port2 } = new MessageChannelMain();
    cast.give(name, port2);
    return mainPortEndpoint(port1);
  }

  makeChannel(): MessageChannelMain {
    return new MessageChannelMain();
  }

  async programProcesses(): Promise<readonly ProcessEntry[]> {
    return (await this.#options.program.sample()).processes;
  }

  async openTab(): Promise<StageTab | null> {
    const tab = await this.#options.program.openTab();
    if (tab) this.onEnd(() => tab.close());
    return tab;
  }

  folder(): Promise<string> {
    if (this.#disposed) return Promise.reject(new Error('the run is over'));
    this.#folder ??= mkdtemp(path.join(tmpdir(), `${lessonFolderPrefix}${process.pid}-`));
    return this.#folder;
  }

  onEnd(undo: () => void | Promise<void>): void {
    if (this.#disposed) void attempt(undo);
    else this.#undo.push(undo);
  }

  note(key: string, values: LessonFacts = {}): void {
    this.#options.onNote(key, values);
  }

  figure(name: string, figure: LessonFigure): void {
    this.#options.onFigure(name, figure);
  }

  /** Ends everything of the run. Resolves when it is gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#processes.map((each) => each.dispose()));
    for (const undo of this.#undo.reverse()) await attempt(undo);
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}

const maximumProcesses = 16;

async function attempt(undo: () => void | Promise<void>): Promise<void> {
  try {
    await undo();
  } catch (error) {
    log.error('a lesson could not be cleaned up:', error);
  }
}
