import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import {
  type Confinement,
  framePlugin,
  type PluginState,
  type ProcessEnd,
  type RunningFault,
  type StartFault,
  startFaultVariable,
} from '@bulkhead/contracts';
import { connect, type Remote } from '@bulkhead/rpc';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import type { GuardThread } from '../guard/guard-thread.ts';
import type { RefusedCounts, RefusedNews } from '../guard/refused-counts.ts';
import { logOf, type ProcessLog } from '../log/log.ts';
import { describeEnd } from '../processes/process-end.ts';
import { RestartBudget } from '../processes/restart-budget.ts';
import { UtilityChild } from '../processes/utility-child.ts';
import { closeOwnNetwork } from '../runtime/no-own-network.ts';
import { contradictionTo } from './plugin-confinement.ts';

export interface PluginProcessOptions {
  name: string;
  /** Absolute path of the plugin host's script. */
  entry: string;
  /** Absolute path of the plugin's own module. */
  module: string;
  /** Counts the refused calls of the plugin. */
  guard: GuardThread;
}

/**
 * Longest time from the start of the process until the plugin is confined and loaded, ms. A machine under full load is
 * slow.
 */
const startDeadlineMs = 8000;

/** Maximum number of lines that one process of a plugin adds to the log: more would push out everything else. */
const mostLines = 100;

export type PluginConnection = Remote<typeof framePlugin>;

interface PluginEvents {
  changed: [];
  /** It is confined and loaded. */
  running: [PluginConnection];
  ended: [ProcessEnd];
  /** It logged this line. */
  log: [string];
}

/** One plugin: its utility process, restarted within its budget. Starts nothing before `start`. */
export class PluginProcess extends EventEmitter<PluginEvents> {
  readonly name: string;
  readonly #entry: string;
  readonly #module: string;
  readonly #guard: GuardThread;
  readonly #budget = new RestartBudget({ restarts: 3, withinMs: 5 * 60_000, firstDelayMs: 100 });
  #child: UtilityChild | undefined;
  #connection: PluginConnection | undefined;
  #status: PluginState['status'] = 'stopped';
  #confinement: Confinement | null = null;
  #refused: RefusedCounts | undefined;
  #restarts = 0;
  #lastEnd: ProcessEnd | null = null;
  #restartTimer: NodeJS.Timeout | undefined;
  #startTimer: NodeJS.Timeout | undefined;
  #nextStartFault: StartFault | undefined;
  /** Why the browser ends it, if it does. */
  #intendedEnd: ProcessEnd['kind'] | undefined;
  #disposed = false;

  /**
   * Gives a process its shared memory, because a confined process cannot attach any. No code of the plugin runs before.
   */
  beforeConfinement: (connection: PluginConnection) => Promise<void> = async () => undefined;

  /** Finds out why the process does not answer. Undefined when it answers again or is gone. */
  whySilent: (pid: number) => Promise<'out-of-memory' | 'unresponsive' | undefined> = async () => 'unresponsive';

  constructor({ name, entry, module, guard }: PluginProcessOptions) {
    super();
    this.name = name;
    this.#entry = entry;
    this.#module = module;
    this.#guard = guard;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Logger of its present process. */
  get log(): ProcessLog {
    return logOf({ type: 'plugin', id: this.name, pid: this.pid });
  }

  /** Undefined while the process is not running. */
  get connection(): PluginConnection | undefined {
    return this.#status === 'running' ? this.#connection : undefined;
  }

  get isResponsive(): boolean {
    return this.#connection?.peer.responsive ?? true;
  }

  /** Pauses its heartbeat, or resumes it. */
  rest(mayRest: boolean): void {
    this.connection?.peer.restHeartbeat(mayRest);
  }

  state(): PluginState {
    return {
      name: this.name,
      pid: this.pid,
      status: this.#status,
      responsive: this.isResponsive,
      confinement: this.#confinement,
      refusedCalls: this.#confinement ? (this.#refused?.describe() ?? null) : null,
      restarts: this.#restarts,
      lastEnd: this.#lastEnd,
    };
  }

  /** Starts it for the user, with a new budget. */
  restart(): void {
    this.#budget.reset();
    this.start();
  }

  /** Makes its next start fail in this way. */
  failNextStart(fault: StartFault): void {
    this.#nextStartFault = fault;
  }

  /** Makes it cause this fault in itself. Returns false when it is not running. */
  breakYourself(fault: RunningFault): boolean {
    this.connection?.push.breakYourself(fault);
    return this.connection !== undefined;
  }

  start(): void {
    if (this.#child || this.#disposed) return;
    clearTimeout(this.#restartTimer);
    const fault = this.#nextStartFault;
    this.#nextStartFault = undefined;
    this.#intendedEnd = undefined;
    const child = new UtilityChild({
      type: 'plugin',
      name: this.name,
      serviceName: `Plugin ${this.name}`,
      entry: this.#entry,
      args: [this.name, String(process.pid)],
      greeting: 'bulkhead-plugin',
      environment: fault && { [startFaultVariable]: fault },
      describe: (gone, pid) => {
        const intended = this.#intendedEnd ?? (this.#status === 'starting' ? 'launch-failed' : undefined);
        return describeEnd(gone, pid, this.#lastEnd, { intended });
      },
    });
    this.#child = child;
    this.#set('starting');
    this.#startTimer = setTimeout(() => this.kill('SIGKILL', 'launch-failed'), startDeadlineMs);
    child.once('spawned', (pid) => {
      const connection = connect(framePlugin, mainPortEndpoint(child.port), {
        peer: { name: `plugin ${this.name}`, died: child.died, pid },
        onBadMessage: (error) => setImmediate(() => this.#distrust(child, error.message)),
      });
      this.#connection = connection;
      let lines = 0;
      connection.on.log((line) => {
        if (lines < mostLines) this.#say(line);
        else this.emit('log', line);
        lines += 1;
      });
      void this.#begin(child, connection);
      this.emit('changed');
    });
    child.once('ended', (end) => this.#over(end));
  }

  /** `because`: the reason that the notice shows. By default: killed. */
  kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL', because?: ProcessEnd['kind']): void {
    if (this.pid === null) return;
    this.#intendedEnd ??= because;
    this.#child?.signal(signal);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#restartTimer);
    clearTimeout(this.#startTimer);
    this.#connection?.close();
    this.#child?.end('SIGTERM');
  }

  /** Gives it memory, then confines it, then loads the plugin, in this order, with nothing else before. */
  async #begin(child: UtilityChild, connection: PluginConnection): Promise<void> {
    try {
      await connection.opened;
      const [source] = await Promise.all([
        readFile(this.#module, 'utf8'),
        this.beforeConfinement(connection),
        closeOwnNetwork(),
      ]);
      const confinement = await this.#confine(child, connection);
      const contradiction = await contradictionTo(confinement, child.pid ?? 0);
      if (contradiction) throw new Error(`it reports that it is confined, but ${contradiction}`);
      if (this.#child !== child) return;
      if (confinement.missing) this.#say(`not fully confined: ${confinement.missing}`);
      this.#confinement = confinement;
      this.emit('changed');
      await connection.call.load(this.name, source);
      this.#run(child, connection);
    } catch (error) {
      // If its process has ended, `exit` reports that.
      if (this.#child !== child || connection.ended) return;
      this.#say(`it could not be started: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      this.kill('SIGKILL', 'launch-failed');
    }
  }

  /**
   * Confines the process. Its refused calls wait for an answer from then on, so the guard listens before the process
   * proves its confinement.
   */
  async #confine(child: UtilityChild, connection: PluginConnection): Promise<Confinement> {
    const { canListenTo, listenTo } = await import('../guard/listen-to.ts');
    const pid = child.pid ?? 0;
    const fd = await connection.call.confine(process.platform === 'linux' && canListenTo(this.#guard, pid));
    let isFirst = true;
    const onNews = (news: RefusedNews) => {
      if (this.#child !== child) return;
      const calls = this.#refused?.describe().calls.map(({ name, count }) => `${name} (${count})`) ?? [];
      if (calls.length > 0 && (isFirst || news === 'too-many')) {
        isFirst = false;
        this.log.warn(`calls refused by the kernel: ${calls.join(', ')}`);
      }
      if (news === 'too-many') this.kill('SIGKILL', 'forbidden-calls');
      if (this.#confinement) this.emit('changed');
    };
    const refused = fd === null ? undefined : listenTo(this.#guard, pid, fd, onNews);
    const confinement = await connection.call.prove();
    if (refused?.describe().total === 0)
      throw new Error('it reports that it tried forbidden calls, but the guard saw none');
    // The proof is over: reset its refused calls, and count those of the plugin.
    refused?.clear();
    if (this.#child === child) this.#refused = refused;
    return confinement;
  }

  #say(line: string): void {
    this.log.warn(line);
    this.emit('log', line);
  }

  #run(child: UtilityChild, connection: PluginConnection): void {
    if (this.#child !== child) return;
    clearTimeout(this.#startTimer);
    connection.peer.onDidChangeResponsiveness((responsive) => {
      this.emit('changed');
      if (!responsive) void this.#endSilent(child);
    });
    void connection.closed.then(({ by }) => {
      // The process continues without a port, and can no longer be used.
      if (by === 'the peer' || by === 'its death') setTimeout(() => this.#dropMute(child), muteGraceMs);
    });
    this.#set('running');
    this.emit('running', connection);
  }

  /**
   * Ends a plugin that does not answer, without asking the user, because its work is already lost. The cause is
   * determined first.
   */
  async #endSilent(child: UtilityChild): Promise<void> {
    const because = this.pid === null ? undefined : await this.whySilent(this.pid);
    if (because && this.#child === child) this.kill('SIGKILL', because);
  }

  #dropMute(child: UtilityChild): void {
    if (this.#child === child) this.kill('SIGKILL', 'unresponsive');
  }

  #distrust(child: UtilityChild, reason: string): void {
    if (this.#child !== child) return;
    this.log.warn(`it is ended for a bad message: ${reason}`);
    this.kill('SIGKILL', 'bad-message');
  }

  #over(end: ProcessEnd): void {
    clearTimeout(this.#startTimer);
    this.#child = undefined;
    this.#connection?.close();
    this.#connection = undefined;
    this.#confinement = null;
    this.#refused = undefined;
    this.#lastEnd = end;
    const delayMs = this.#disposed ? undefined : this.#budget.take();
    this.#status = delayMs === undefined ? 'stopped' : 'restarting';
    this.emit('ended', end);
    this.emit('changed');
    if (delayMs === undefined) return;
    this.#restarts += 1;
    this.log.info(`starts again in ${delayMs} ms`);
    this.#restartTimer = setTimeout(() => this.start(), delayMs);
  }

  #set(status: PluginState['status']): void {
    this.#status = status;
    this.emit('changed');
  }
}

/** Longest time from the end of a port to the report of its process's end, ms. */
const muteGraceMs = 500;
