import { setTimeout as sleep } from 'node:timers/promises';
import type { LessonEvent, LessonFacts, LessonFigure, LessonPace, LessonParameters } from '@bulkhead/contracts';
import type { Actor } from '@bulkhead/ipc-models/lab';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { mainPortEndpoint } from '@bulkhead/rpc/utility';
import { monotonicUs } from '@bulkhead/shared-memory';
import { Awaited } from './awaited.ts';
import { HeldLines } from './held-lines.ts';

/** Messages that leave the process. */
interface Outlet {
  events(events: LessonEvent[]): void;
  line(label: string | null, held: boolean): void;
  figure(name: string, figure: LessonFigure): void;
  told(name: string, value: unknown): void;
}

/** Longest time that events and figures are gathered before they are sent, ms. */
const batchMs = 40;
/** Most events in one message. */
const batchSize = 256;

/** An actor over the port to the browser. It sends its records in batches, so as not to slow down a fast program. */
export class LessonActor implements Actor {
  readonly name: string;
  readonly pid = process.pid;
  readonly ports = new Awaited<TransferablePort>();
  readonly values = new Awaited<unknown>();
  readonly endpointOf = mainPortEndpoint;
  readonly nowUs = monotonicUs;
  parameters: LessonParameters = {};
  readonly #outlet: Outlet;
  #pace: LessonPace = { kind: 'run' };
  #events: LessonEvent[] = [];
  readonly #figures = new Map<string, LessonFigure>();
  #line: string | null = null;
  #lineSent: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #held = new HeldLines((label, held) => this.#showHeld(label, held));

  constructor(name: string, outlet: Outlet) {
    this.name = name;
    this.#outlet = outlet;
  }

  get unhurried(): boolean {
    return this.#pace.kind !== 'run';
  }

  begin(parameters: LessonParameters, pace: LessonPace): void {
    this.parameters = parameters;
    this.#pace = pace;
  }

  finish(): void {
    this.#line = null;
    this.#send();
  }

  setPace(pace: LessonPace): void {
    this.#pace = pace;
    // The learner no longer steps from line to line.
    if (pace.kind !== 'step') this.#held.goAll();
  }

  go(): void {
    this.#held.go();
  }

  async step(label: string): Promise<void> {
    if (this.#pace.kind === 'step') return this.#held.hold(label);
    this.#line = label;
    if (this.#pace.kind === 'run') return this.#later();
    this.#send();
    await sleep(this.#pace.stepMs);
  }

  call<Result>(text: string, work: () => Result, kind: 'call' | 'wait' | 'work' = 'call'): Result {
    const startUs = monotonicUs();
    const done = (result: string | null) =>
      this.record({ kind, text, result, values: {}, startUs, endUs: monotonicUs(), to: null });
    const failed = (error: unknown): never => {
      done(error instanceof Error ? error.message.slice(0, 512) : String(error));
      throw error;
    };
    let result: Result;
    try {
      result = work();
    } catch (error) {
      return failed(error);
    }
    if (!(result instanceof Promise)) {
      done(describe(result));
      return result;
    }
    return result.then((value) => {
      done(describe(value));
      return value;
    }, failed) as Result;
  }

  message({ from, to, text, sentUs, receivedUs }: Parameters<Actor['message']>[0]): void {
    this.#push({
      actor: from,
      kind: 'message',
      text,
      result: null,
      values: {},
      startUs: sentUs,
      endUs: receivedUs,
      to,
    });
  }

  note(key: string, values: LessonFacts = {}): void {
    const now = monotonicUs();
    this.record({ kind: 'note', text: key, result: null, values, startUs: now, endUs: now, to: null });
  }

  record(event: Omit<LessonEvent, 'actor'>): void {
    this.#push({ actor: this.name, ...event });
  }

  figure(name: string, figure: LessonFigure): void {
    this.#figures.set(name, figure);
    this.#later();
  }

  endpoint(name: string) {
    return this.ports.take(name).then(mainPortEndpoint);
  }

  port(name: string): Promise<TransferablePort> {
    return this.ports.take(name);
  }

  told(name: string): Promise<unknown> {
    return this.values.take(name);
  }

  tell(name: string, value: unknown): void {
    this.#send();
    this.#outlet.told(name, value);
  }

  async flush(): Promise<void> {
    this.#send();
    await this.turn();
  }

  turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  async sleep(ms: number): Promise<void> {
    await sleep(ms);
  }

  #push(event: LessonEvent): void {
    this.#events.push({ ...event, text: event.text.slice(0, 1024), result: event.result?.slice(0, 512) ?? null });
    if (this.#events.length >= batchSize) this.#send();
    else this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.#send(), batchMs);
  }

  #showHeld(label: string, held: boolean): void {
    this.#line = label;
    if (held) this.#send(held);
    else this.#outlet.line(label, held);
  }

  #send(held = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#line !== this.#lineSent || held) this.#outlet.line(this.#line, held);
    this.#lineSent = this.#line;
    for (const [name, figure] of this.#figures) this.#outlet.figure(name, figure);
    this.#figures.clear();
    if (this.#events.length === 0) return;
    this.#outlet.events(this.#events);
    this.#events = [];
  }
}

/** Describes the result of a call to the learner: plain values as they are, null for values without a short form. */
function describe(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value === null) {
    return String(value);
  }
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number')) {
    return `[${value.join(', ')}]`;
  }
  return value instanceof Error ? value.message : null;
}
