import type { LessonFacts, LessonFigure, LessonOutcome, ProcessEntry } from '@bulkhead/contracts';
import type { Endpoint } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import type { Lesson, ParametersOf } from './lesson.ts';

/** How a process ended. */
export interface ActorEnd {
  /** Text for the user, such as `killed (signal 9)`. */
  readonly how: string;
  /** The learner or another program ended it, not the lesson. */
  readonly foreign: boolean;
  readonly atUs: number;
}

/** One process of a lesson, as the director sees it. */
export interface Cast {
  readonly name: string;
  readonly role: string;
  readonly pid: number;
  /** Runs its program once. Resolves to its facts. Rejects with its error, or if its process ends before. */
  run(): Promise<LessonFacts>;
  tell(name: string, value: unknown): void;
  /** Gives the process one end of a channel, under this name. */
  give(name: string, port: TransferablePort): void;
  /** Resolves to the next value that its program tells under this name. Rejects if its process ends. */
  told(name: string): Promise<unknown>;
  /** Signals the process as part of the lesson, so that its end is not an error. */
  kill(signal?: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void;
  /** From now on its end, for any reason, is part of the lesson. */
  mayEnd(): void;
  readonly ended: Promise<ActorEnd>;
}

/** A real tab of the app, opened for a lesson. */
export interface StageTab {
  readonly pid: number;
  /** Ends its renderer process by SIGKILL. */
  kill(): void;
  /** How the tab's renderer ended, as text for the user. */
  readonly ended: Promise<string>;
}

/**
 * The director's access to its run: processes, channels and figures. A director runs in the browser and must not block.
 */
export interface Stage<L extends Lesson = Lesson> {
  readonly parameters: ParametersOf<L['parameters']>;
  /** Aborts when the run must end. */
  readonly signal: AbortSignal;
  /** Starts a process of this role and resolves once it runs. Give a `name` if several processes have the role. */
  start(role: string, name?: string): Promise<Cast>;
  /** Makes a message channel between two processes, which get it under this name. */
  channel(name: string, one: Cast, other: Cast): void;
  /** Makes a channel between the director and a process, which gets it under this name. */
  channelTo(name: string, cast: Cast): Endpoint;
  /** Makes a channel whose two ends the director sends itself, with a message. */
  makeChannel(): { port1: TransferablePort; port2: TransferablePort };
  /** Resolves to the processes of the app, as bulkhead://processes shows them. */
  programProcesses(): Promise<readonly ProcessEntry[]>;
  /** Opens a real tab of the app, which closes with the run. Resolves to null if there is no window. */
  openTab(): Promise<StageTab | null>;
  /** Resolves to a folder for FIFOs, sockets and files, which is removed with the run. */
  folder(): Promise<string>;
  /** Calls `undo` when the run ends, for any reason. */
  onEnd(undo: () => void | Promise<void>): void;
  note(key: string, values?: LessonFacts): void;
  figure(name: string, figure: LessonFigure): void;
  nowUs(): number;
}

/** Directs a lesson: starts its processes, connects them, and returns the outcome. A rejection ends the run. */
export type Director<L extends Lesson = Lesson> = (stage: Stage<L>) => Promise<LessonOutcome>;

/** Code of a lesson, loaded when it runs. The director runs in the browser, each program in its own process. */
export interface LessonCode {
  direct(): Promise<{ direct: Director<never> }>;
  readonly roles: Readonly<Record<string, () => Promise<{ program: Program }>>>;
}
type Program = (actor: never) => Promise<LessonFacts | undefined>;
