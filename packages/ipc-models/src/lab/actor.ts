import type { LessonEvent, LessonFacts, LessonFigure } from '@bulkhead/contracts';
import type { Endpoint } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import type { Lesson, ParametersOf } from './lesson.ts';

/** A process's access to its lesson: marks lines, records events, and receives what the director gives it. */
export interface Actor<L extends Lesson = Lesson> {
  readonly name: string;
  readonly pid: number;
  readonly parameters: ParametersOf<L['parameters']>;
  /** The learner slows or steps the run now, so measured times mean nothing. */
  readonly unhurried: boolean;

  /**
   * Marks the line with this label as reached. Resolves at once, later, or on the learner's command, as the pace
   * requires.
   */
  step(label: string): Promise<void>;
  /**
   * Calls `work` and records the call as `text`, with its result and time. An error is recorded and rethrown. `kind`
   * 'wait' means that the call only waited.
   */
  call<Result>(text: string, work: () => Result, kind?: 'call' | 'wait' | 'work'): Result;
  /** Records a message that was posted at `sentUs` and arrived at `receivedUs`. The receiver calls this. */
  message(event: { from: string; to: string; text: string; sentUs: number; receivedUs: number }): void;
  /** Shows a note: the lesson's text `note.KEY`, filled with `values`. */
  note(key: string, values?: LessonFacts): void;
  /** Records an event. */
  record(event: Omit<LessonEvent, 'actor'>): void;
  /** Shows a figure under this name and replaces the previous figure of that name. */
  figure(name: string, figure: LessonFigure): void;

  /** Resolves to this process's end of the channel that the director makes under this name. */
  endpoint(name: string): Promise<Endpoint>;
  /** Resolves to the same end as a port, to pass on to another process. */
  port(name: string): Promise<TransferablePort>;
  /** Makes an endpoint from a port that came in a message. */
  readonly endpointOf: (port: TransferablePort) => Endpoint;
  /** Resolves to the next value that the director tells under this name. */
  told(name: string): Promise<unknown>;
  /** Sends the director a value that can be cloned. */
  tell(name: string, value: unknown): void;
  /** Sends the recorded events now. Call it before the process blocks its event loop or may be killed. */
  flush(): Promise<void>;
  /** Returns the time on the clock that all processes share, microseconds. */
  nowUs(): number;
  /** Waits for one turn of the event loop. */
  turn(): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/** Program of a lesson's process. Returns the facts that it found. */
export type Program<L extends Lesson = Lesson> = (actor: Actor<L>) => Promise<LessonFacts | undefined>;
