import { say } from '../bootstrap/log.mjs';
import { type Application, startApplication } from '../setup/application.ts';
import type { Prepared } from '../setup/prepare.ts';
import { devToolsPort, reloadOwnPages } from './devtools.ts';

export interface DevApplicationOptions {
  readonly prepared: Prepared;
  /** Folder of the app. */
  readonly folder: string;
  /** Electron's own switches. */
  readonly switches: readonly string[];
  readonly profile: string;
}

/** Longest wait for an orderly end, ms: a browser process whose thread hangs hears no signal. */
const endMs = 15_000;

/** The app while its code changes: one process tree at a time, on one profile, so that its tabs come back. */
export class DevApplication {
  readonly #options: DevApplicationOptions;
  #running: Application | undefined;
  #devToolsPort: number | undefined;
  #isTold = false;
  readonly #over = Promise.withResolvers<number>();

  constructor(options: DevApplicationOptions) {
    this.#options = options;
  }

  /** The exit code with which the user, or `stop`, has ended it. A browser that crashes may be started again. */
  get over(): Promise<number> {
    return this.#over.promise;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  start(addresses: readonly string[] = []): void {
    const { prepared, folder, switches, profile } = this.#options;
    const application = startApplication(prepared, ['--profile', profile, ...addresses], {
      folder,
      switches,
      onLine: (line) => {
        this.#devToolsPort = devToolsPort(line) ?? this.#devToolsPort;
      },
    });
    this.#running = application;
    application.ended.then((code) => {
      if (this.#running !== application) return;
      this.#running = undefined;
      if (code === 0 || this.#isTold) this.#over.resolve(code);
      else say(`the browser ended with code ${code}; it starts again when a source changes`);
    }, this.#over.reject);
  }

  /** Ends what runs, in order, and starts it with the code that is there now. Its tabs come back from the profile. */
  async restart(): Promise<void> {
    const before = this.#running;
    if (before) {
      this.#running = undefined; // its end is no news
      before.child.kill('SIGTERM');
      const timer = setTimeout(() => before.child.kill('SIGKILL'), endMs);
      await before.ended;
      clearTimeout(timer);
    }
    if (this.#isTold) this.#over.resolve(0);
    else this.start();
  }

  /** Loads the shell and every open internal page again, with the code that is there now. */
  async reload(): Promise<void> {
    if (this.#devToolsPort !== undefined) await reloadOwnPages(this.#devToolsPort);
  }

  /** Ends it in order. `over` is this exit code where none runs. */
  stop(exitCode: number): void {
    this.#isTold = true;
    if (this.#running) this.#running.child.kill('SIGTERM');
    else this.#over.resolve(exitCode);
  }
}
