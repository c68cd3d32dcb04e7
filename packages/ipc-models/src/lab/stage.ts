import type { LessonFacts, LessonFigure, LessonOutcome, ProcessEntry } from '@bulkhead/contracts';
import type { Endpoint } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import type { Lesson, ParametersOf } from './lesson.ts';

/** How a process ended. */
export interface ActorEnd {
  /** For people: `killed (signal 9)`. */
  readonly how: string;
  /** The learner, or somebody outside, ended it: the lesson did not. */
  readonly foreign: boolean;
  readonly atUs: number;
}

/** One process of a lesson, as the director sees it. */
export interface Cast {
  readonly name: string;
  readonly role: string;
  readonly pid: number;
  /** Runs its program, once; resolves with what it found out. Rejects with its error, and when its process ends before. */
  run(): Promise<LessonFacts>;
  tell(name: string, value: unknown): void;
  /** Gives it one end of a channel, which it then knows by this name. */
  give(name: string, port: TransferablePort): void;
  /** The next value that its program tells under this name. Rejects when its process ends. */
  told(name: string): Promise<unknown>;
  /** Ends it as part of the lesson: nobody takes that for an accident. */
  kill(signal?: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void;
  /** From now on its end is part of the lesson, whoever brings it about. */
  mayEnd(): void;
  readonly ended: Promise<ActorEnd>;
}

/** A real tab of the program, opened for a lesson. */
export interface StageTab {
  readonly pid: number;
  /** Ends its renderer process by SIGKILL. */
  kill(): void;
  /** How that ended, for people. */
  readonly ended: Promise<string>;
}

/** What a director has: real processes, channels between them, and what it shows. It runs in the browser and never blocks. */
export interface Stage<L extends Lesson = Lesson> {
  readonly parameters: ParametersOf<L['parameters']>;
  /** Aborts when the run is to end. */
  readonly signal: AbortSignal;
  /** Starts a process of this role; resolves once it is there. `name` when several play it. */
  start(role: string, name?: string): Promise<Cast>;
  /** A message channel between two of its processes, which know it by this name. */
  channel(name: string, one: Cast, other: Cast): void;
  /** A channel between a process, which knows it by this name, and the director. */
  channelTo(name: string, cast: Cast): Endpoint;
  /** A channel whose two ends the director gives away itself, beside a message. */
  makeChannel(): { port1: TransferablePort; port2: TransferablePort };
  /** The processes of this very program, as bulkhead://processes shows them. */
  programProcesses(): Promise<readonly ProcessEntry[]>;
  /** Opens a real tab of this program, which ends with the run; null where there is no window. */
  openTab(): Promise<StageTab | null>;
  /** A folder of this run's own, for FIFOs, sockets and files; gone with it. */
  folder(): Promise<string>;
  /** Undoes something when the run ends, however it does. */
  onEnd(undo: () => void | Promise<void>): void;
  note(key: string, values?: LessonFacts): void;
  figure(name: string, figure: LessonFigure): void;
  nowUs(): number;
}

/** Brings a lesson on: starts its processes, connects them, and says what came of it. Rejections end the run. */
export type Director<L extends Lesson = Lesson> = (stage: Stage<L>) => Promise<LessonOutcome>;

/** The code of a lesson, loaded when it is run. The director runs in the browser, the programs in processes of their own. */
export interface LessonCode {
  direct(): Promise<{ direct: Director<never> }>;
  readonly roles: Readonly<Record<string, () => Promise<{ program: Program }>>>;
}
type Program = (actor: never) => Promise<LessonFacts | undefined>;
