import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Message between a test and a process that it started. */
export type Message = Record<string, unknown>;

/**
 * A real process that runs one of the scripts in `peers/`, for tests between two processes. It ends with the block that
 * declares it (`await using`).
 */
export class PeerProcess {
  readonly pid: number;
  /** Resolves when the process has ended and been reaped. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly #child: ChildProcess;
  readonly #arrived: Message[] = [];
  #waiting: { resolve(message: Message): void; reject(error: Error): void } | undefined;
  #errors = '';

  constructor(script: string, options: { readonly flags?: readonly string[] } = {}) {
    this.#child = fork(fileURLToPath(new URL(`./peers/${script}`, import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning', ...(options.flags ?? [])],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    if (this.#child.pid === undefined) throw new Error(`${script} did not start`);
    this.pid = this.#child.pid;
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#errors += text.toString();
    });
    this.#child.on('message', (message: Message) => {
      if (!this.#waiting) return void this.#arrived.push(message);
      this.#waiting.resolve(message);
      this.#waiting = undefined;
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#waiting?.reject(new Error(`${script} ended (${signal ?? code}) before it answered: ${this.#errors}`));
        this.#waiting = undefined;
        resolve({ code, signal });
      });
    });
  }

  /** Everything that the process has written to standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  send(message: Message): void {
    this.#child.send(message);
  }

  /** Resolves to the next message. Rejects if the process ends first. */
  receive(): Promise<Message> {
    const message = this.#arrived.shift();
    if (message) return Promise.resolve(message);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Sends a message and resolves to the next received one. */
  ask(message: Message): Promise<Message> {
    this.send(message);
    return this.receive();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
