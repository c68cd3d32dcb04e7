import { EventEmitter } from 'node:events';
import { setPriority } from 'node:os';
import type { ProcessEnd } from '@bulkhead/contracts';
import type { Death } from '@bulkhead/rpc';
import {
  app,
  type Details,
  MessageChannelMain,
  type MessagePortMain,
  type UtilityProcess,
  utilityProcess,
} from 'electron';
import { logOf } from '../log/log.ts';
import { endProcess } from './end-process.ts';
import { deathOf, type Gone } from './process-end.ts';

export interface UtilityChildOptions {
  /** Type and name in the log. */
  type: 'plugin' | 'lesson';
  name: string;
  /** Name by which Electron reports its end. Must be unique among the processes that run. */
  serviceName: string;
  /** Absolute path of its script. */
  entry: string;
  args: string[];
  /** The message that brings it its port. */
  greeting: string;
  environment?: Record<string, string> | undefined;
  execArgv?: string[];
  /** Describes its end. Electron's reason alone does not say why the browser ended it. */
  describe: (gone: Gone, pid: number | null) => ProcessEnd;
}

interface UtilityChildEvents {
  /** Its process exists, with this PID. It gets its port right after this event. */
  spawned: [number];
  /** Emitted once, outside of Electron's own events. */
  ended: [ProcessEnd];
}

/** A utility process for code that Bulkhead does not trust: with low priority, one port, and one report of its end. */
export class UtilityChild extends EventEmitter<UtilityChildEvents> {
  /** The browser's side of its port. */
  readonly port: MessagePortMain;
  readonly died: Promise<Death>;
  readonly #describe: UtilityChildOptions['describe'];
  readonly #settleDied: (death: Death) => void;
  #child: UtilityProcess | undefined;
  #pid: number | null = null;
  /** It was told to end before its process existed. */
  #mustEnd = false;
  /** Its end was reported. */
  #isOver = false;

  constructor({
    type,
    name,
    serviceName,
    entry,
    args,
    greeting,
    environment,
    execArgv,
    describe,
  }: UtilityChildOptions) {
    super();
    this.#describe = describe;
    ({ promise: this.died, resolve: this.#settleDied } = Promise.withResolvers<Death>());
    const { port1, port2 } = new MessageChannelMain();
    this.port = port1;
    try {
      this.#child = utilityProcess.fork(entry, args, {
        serviceName,
        stdio: 'inherit',
        ...(execArgv && { execArgv }),
        // A ring would let file and socket operations bypass the filter on system calls.
        env: { ...process.env, UV_USE_IO_URING: '0', ...environment },
      });
    } catch (error) {
      logOf({ type, id: name, pid: null }).error('it cannot be started:', error);
      setImmediate(() => this.#end(notStarted));
      return;
    }
    const child = this.#child;
    let reason = 'abnormal-exit';
    const onGone = (_event: unknown, details: Details) => {
      if (details.name === serviceName) reason = details.reason;
    };
    app.on('child-process-gone', onGone);
    // Electron reports nothing when the system refuses to create a process.
    const birth = setTimeout(() => {
      app.off('child-process-gone', onGone);
      this.#end(notStarted);
    }, birthDeadlineMs);
    child.once('spawn', () => {
      clearTimeout(birth);
      const { pid } = child;
      if (pid === undefined) return;
      this.#pid = pid;
      logOf({ type, id: name, pid }).info('started');
      if (this.#isOver || this.#mustEnd) {
        endProcess(pid, 'SIGKILL');
        return;
      }
      yieldToPages(pid);
      this.emit('spawned', pid);
      child.postMessage(greeting, [port2]);
    });
    // Without a listener, Node would throw this event. `exit` follows it.
    child.on('error', (what, location) => logOf({ type, id: name, pid: this.#pid }).error(`${what} at ${location}`));
    child.once('exit', (exitCode) => {
      clearTimeout(birth);
      // Deferred: the reason, which tells a signal from an exit code of the same number, arrives right after this
      // event. Posting to a utility process, or starting one, within this event has crashed the browser.
      setImmediate(() => {
        app.off('child-process-gone', onGone);
        this.#end({ reason, exitCode });
      });
    });
  }

  /** Null before its process exists, and after its end. */
  get pid(): number | null {
    return this.#isOver ? null : this.#pid;
  }

  /** Sends a signal. Returns false if it has no process. */
  signal(signal: NodeJS.Signals): boolean {
    return this.pid !== null && endProcess(this.pid, signal);
  }

  /** Ends it. A process that does not exist yet ends as soon as it does. */
  end(signal: 'SIGKILL' | 'SIGTERM'): void {
    if (this.#pid === null) this.#mustEnd = true;
    else this.signal(signal);
  }

  #end(gone: Gone): void {
    if (this.#isOver) return;
    const end = this.#describe(gone, this.#pid);
    this.#isOver = true;
    this.#settleDied(deathOf(end));
    this.emit('ended', end);
  }
}

const notStarted: Gone = { reason: 'launch-failed', exitCode: 0 };

/** Longest wait for a process to exist, ms. A machine under full load is slow. */
const birthDeadlineMs = 8000;

/** Priority as in nice(2): 0 is normal, 19 the lowest. */
const lowPriority = 5;

/** Lowers the priority, so that a process that takes every processor does not delay pages. Its threads inherit it. */
function yieldToPages(pid: number): void {
  try {
    setPriority(pid, lowPriority);
  } catch {
    // It has already ended, or the system does not allow it. Then it runs with normal priority.
  }
}
