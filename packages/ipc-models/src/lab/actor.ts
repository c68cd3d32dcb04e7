import type { LessonEvent, LessonFacts, LessonFigure } from '@bulkhead/contracts';
import type { Endpoint } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import type { Lesson, ParametersOf } from './lesson.ts';

/** A process's part in a lesson, as its program has it: marks its lines, records what it does, and gets what it is given. */
export interface Actor<L extends Lesson = Lesson> {
  readonly name: string;
  readonly pid: number;
  readonly parameters: ParametersOf<L['parameters']>;
  /** A learner slows or steps the run now: how long something takes says nothing. */
  readonly unhurried: boolean;

  /** It is at the line of this label now. Resolves at once, later or when the learner says so: as the pace is. */
  step(label: string): Promise<void>;
  /**
   * Calls `work` and records the call as `text` with its result and its time. What it throws is recorded and thrown on.
   * `kind` 'wait' says that it did nothing but wait.
   */
  call<Result>(text: string, work: () => Result, kind?: 'call' | 'wait' | 'work'): Result;
  /** Records that a message from this process, posted at `sentUs`, has reached `to`; by the receiver as `from`. */
  message(event: { from: string; to: string; text: string; sentUs: number; receivedUs: number }): void;
  /** Says a note: a key of the lesson's words (`note.KEY`), and what fills it. */
  note(key: string, values?: LessonFacts): void;
  /** Records an event as it is. */
  record(event: Omit<LessonEvent, 'actor'>): void;
  /** Shows the state of things under this name, in place of what was shown under it before. */
  figure(name: string, figure: LessonFigure): void;

  /** The end of a channel that the director makes under this name. */
  endpoint(name: string): Promise<Endpoint>;
  /** The same end as the port that it is: to pass it on to another process. */
  port(name: string): Promise<TransferablePort>;
  /** Makes an endpoint of a port that came in a message. */
  readonly endpointOf: (port: TransferablePort) => Endpoint;
  /** The next value that the director tells under this name. */
  told(name: string): Promise<unknown>;
  /** Tells the director a value that can be cloned. */
  tell(name: string, value: unknown): void;
  /** Sends what was recorded, now: before it blocks its event loop, or expects to be killed. */
  flush(): Promise<void>;
  /** Microseconds of the clock that all processes share. */
  nowUs(): number;
  /** Lets the event loop go on once. */
  turn(): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/** What a process of a lesson does. Returns what it found out. */
export type Program<L extends Lesson = Lesson> = (actor: Actor<L>) => Promise<LessonFacts | undefined>;
