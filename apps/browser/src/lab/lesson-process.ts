import { EventEmitter } from 'node:events';
import {
  type Confinement,
  type ConfinementNeed,
  type LessonActor,
  type LessonEvent,
  type LessonFacts,
  type LessonFigure,
  type LessonPace,
  type LessonParameters,
  lessonProcess,
  type ProcessEnd,
} from '@bulkhead/contracts';
import type { ActorEnd, Cast } from '@bulkhead/ipc-models/lab';
import { connect, type Remote } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import { monotonicUs } from '@bulkhead/shared-memory';
import { logOf, type ProcessLog } from '../log/log.ts';
import { describeEnd } from '../processes/process-end.ts';
import { UtilityChild } from '../processes/utility-child.ts';
import { closeOwnNetwork } from '../runtime/no-own-network.ts';

export interface LessonProcessOptions {
  /** Absolute path of the lesson host's script. */
  entry: string;
  lesson: string;
  /** Rights that the process keeps. It is confined before its program runs. */
  needs: readonly ConfinementNeed[];
  /** A folder of the run to which the process keeps access, or null. */
  folder: string | null;
  role: string;
  name: string;
  parameters: LessonParameters;
  pace: LessonPace;
  /** Limit of its JavaScript heap, MiB. */
  heapMiB: number;
}

interface LessonProcessEvents {
  changed: [];
  events: [LessonEvent[]];
  figure: [string, LessonFigure];
  /** It has ended, as part of the lesson or not. */
  ended: [ActorEnd];
}

const notStarted = 'could not be started';
/** Number of threads for blocking calls: each call occupies one. */
const poolThreads = '8';

/** One process of a lesson: a utility process with one role, and its port. It lives until it is killed. */
export class LessonProcess extends EventEmitter<LessonProcessEvents> implements Cast {
  readonly name: string;
  readonly role: string;
  readonly ended: Promise<ActorEnd>;
  readonly #child: UtilityChild;
  readonly #connection: Remote<typeof lessonProcess>;
  readonly #started = Promise.withResolvers<void>();
  readonly #parameters: LessonParameters;
  #confinement: Confinement | null = null;
  readonly #told = new Map<string, unknown[]>();
  /** Number of values that were told and not taken. */
  #untaken = 0;
  readonly #waiting = new Map<string, PromiseWithResolvers<unknown>[]>();
  #pace: LessonPace;
  #pid: number | null = null;
  #state: LessonActor['state'] = 'starting';
  #end: string | null = null;
  #line: string | null = null;
  #held = false;
  /** The lesson itself ends it. */
  #intended = false;
  /** The run is over. */
  #disposed = false;

  constructor({ entry, lesson, needs, folder, role, name, parameters, pace, heapMiB }: LessonProcessOptions) {
    super();
    this.name = name;
    this.role = role;
    this.#parameters = parameters;
    this.#pace = pace;
    this.#child = new UtilityChild({
      type: 'lesson',
      name,
      serviceName: `Lesson ${lesson}: ${name}`,
      entry,
      args: [lesson, role, name, String(process.pid)],
      greeting: 'bulkhead-lesson',
      execArgv: [`--max-old-space-size=${heapMiB}`],
      environment: { UV_THREADPOOL_SIZE: poolThreads },
      describe: (gone, pid) => describeEnd(gone, pid, null),
    });
    const { promise: ended, resolve: settleEnded } = Promise.withResolvers<ActorEnd>();
    this.ended = ended;
    this.#connection = connect(lessonProcess, mainPortEndpoint(this.#child.port), {
      peer: { name: `lesson process ${name}`, died: this.#child.died },
      // It may spin or be stopped on purpose, so its silence is not reported.
      heartbeat: false,
      onBadMessage: (error) => setImmediate(() => this.#distrust(error.message)),
    });
    this.#listen();
    this.#child.once('spawned', (pid) => {
      this.#pid = pid;
    });
    this.#child.once('ended', (end) => this.#ended(end, settleEnded));
    this.#prepare(needs, folder).then(
      () => {
        this.#state = 'running';
        this.#started.resolve();
        this.emit('changed');
      },
      (error) => this.#started.reject(error),
    );
    this.#started.promise.catch(() => undefined); // reported to those who wait for it
  }

  /** Resolves when the process is ready. Rejects when it ends before. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  get pid(): number {
    return this.#pid ?? 0;
  }

  /** Its own report of its confinement. Null before the report. */
  get confinement(): Confinement | null {
    return this.#confinement;
  }

  get alive(): boolean {
    return this.#state !== 'ended';
  }

  get #log(): ProcessLog {
    return logOf({ type: 'lesson', id: this.name, pid: this.#pid });
  }

  describe(): LessonActor {
    return {
      name: this.name,
      role: this.role,
      pid: this.#pid,
      state: this.#state,
      end: this.#end,
      line: this.#line,
      held: this.#held,
    };
  }

  run(): Promise<LessonFacts> {
    return this.#connection.call.run(this.#parameters, this.#pace);
  }

  setPace(pace: LessonPace): void {
    this.#pace = pace;
    this.#connection.push.pace(pace);
  }

  go(): void {
    if (this.#held) this.#connection.push.go();
  }

  give(name: string, port: TransferablePort): void {
    this.#connection.push.port(name, port);
  }

  tell(name: string, value: unknown): void {
    this.#connection.push.told(name, value);
  }

  told(name: string): Promise<unknown> {
    const queue = this.#told.get(name);
    if (queue && queue.length > 0) {
      this.#untaken -= 1;
      return Promise.resolve(queue.shift());
    }
    if (!this.alive) return Promise.reject(new Error(`${this.name} has ended (${this.#end ?? 'done'})`));
    const waiter = Promise.withResolvers<unknown>();
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), waiter]);
    return waiter.promise;
  }

  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT' = 'SIGKILL'): void {
    if (signal === 'SIGKILL' || signal === 'SIGTERM') this.#intended = true;
    this.signal(signal);
  }

  mayEnd(): void {
    this.#intended = true;
  }

  /** Sends a signal from outside of the lesson. Returns false when the process has ended. */
  signal(signal: NodeJS.Signals): boolean {
    return this.#child.signal(signal);
  }

  /** Resolves when all its events so far have arrived, or when it does not send them. */
  async flush(): Promise<void> {
    if (this.alive) await this.#connection.call.flush().catch(() => undefined);
  }

  /** Ends the process, because the run is over. */
  async dispose(): Promise<void> {
    this.#intended = true;
    this.#disposed = true;
    if (!this.alive) return;
    this.#child.end('SIGKILL');
    await this.ended;
  }

  async #prepare(needs: readonly ConfinementNeed[], folder: string | null): Promise<void> {
    await Promise.all([this.#connection.opened, closeOwnNetwork()]);
    this.#confinement = await this.#connection.call.confine([...needs], folder);
  }

  #listen(): void {
    const { on } = this.#connection;
    on.events((events) => this.emit('events', events));
    on.figure((name, figure) => this.emit('figure', name, figure));
    on.line((label, held) => {
      this.#line = label;
      this.#held = held;
      this.emit('changed');
    });
    on.told((name, value) => {
      const waiter = this.#waiting.get(name)?.shift();
      if (waiter) waiter.resolve(value);
      else if (this.#untaken >= maximumUntaken) this.#distrust('it tells more values than are taken');
      else {
        this.#untaken += 1;
        const queue = this.#told.get(name);
        if (queue) queue.push(value);
        else this.#told.set(name, [value]);
      }
    });
  }

  #distrust(reason: string): void {
    this.#log.warn(`it is ended for a bad message: ${reason}`);
    this.signal('SIGKILL');
  }

  #ended({ kind, signal, exitCode }: ProcessEnd, settle: (end: ActorEnd) => void): void {
    const isStarted = kind !== 'launch-failed';
    const how = !isStarted ? notStarted : signal ? `killed (${signal})` : `ended (code ${exitCode})`;
    const end = { how, foreign: !isStarted || !this.#intended, atUs: monotonicUs() };
    this.#state = 'ended';
    this.#log.info(how);
    this.#end = this.#disposed ? null : how;
    this.#line = null;
    this.#held = false;
    this.#connection.close();
    this.#started.reject(new Error(`${this.name} ${isStarted ? 'ended before it started' : notStarted}`));
    for (const waiter of [...this.#waiting.values()].flat()) {
      waiter.promise.catch(() => undefined); // a director that has moved on needs no answer
      waiter.reject(new Error(`${this.name} has ended: ${how}`));
    }
    this.emit('ended', end);
    this.emit('changed');
    settle(end);
  }
}

/** Maximum number of values that a process has told and that were not taken. */
const maximumUntaken = 1000;
