import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from './expect.ts';
import { Inspector } from './inspector.ts';
import { type LaunchOptions, where } from './launch.ts';
import { aliveOf, familyOf } from './system.ts';

type Electron = typeof import('electron');
type Key = 'control' | 'shift' | 'alt';

/**
 * One running Bulkhead without Playwright attached. Playwright answers page dialogs, `beforeunload`, downloads and file
 * choosers by itself; here they behave as they do for a user. Input uses Electron's input events.
 *
 * Pages are named by the start of their address. The shell is `bulkhead://shell`.
 */
export class Undriven {
  readonly profile: string;
  readonly process: ChildProcess;
  readonly #inspector: Inspector;
  readonly #log: () => string;

  private constructor(profile: string, child: ChildProcess, inspector: Inspector, log: () => string) {
    this.profile = profile;
    this.process = child;
    this.#inspector = inspector;
    this.#log = log;
  }

  /** Starts it, and waits until its shell shows the tab strip. */
  static async start(
    addresses: string[],
    {
      profile,
      temporary,
      switches = [],
      environment,
      workingDirectory,
      prefix = [],
      ...options
    }: LaunchOptions & Required<Folders>,
  ): Promise<Undriven> {
    const { electron, app: tested } = where();
    const app = options.app ?? tested;
    const command = [
      ...prefix,
      electron,
      '--inspect=127.0.0.1:0',
      ...switches,
      app,
      '--profile',
      profile,
      ...addresses,
    ];
    const child = spawn(command[0] ?? electron, command.slice(1), {
      env: { ...process.env, ...environment, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(workingDirectory && { cwd: workingDirectory }),
    });
    let log = '';
    child.stdout.on('data', (chunk) => {
      log += chunk;
    });
    child.stderr.on('data', (chunk) => {
      log += chunk;
    });
    try {
      const inspectorAddress = () => /ws:\/\/\S+/.exec(log)?.[0];
      await expect.poll(inspectorAddress, { message: 'the inspector', timeout: startMs }).toBeTruthy();
      const inspector = await Inspector.connect(inspectorAddress() ?? '');
      // A process that ends waits until its inspector has no client any more.
      child.stderr.on('data', () => log.includes('Waiting for the debugger to disconnect') && inspector.close());
      const runs = () => inspector.evaluate(programRuns).catch(() => false);
      await expect.poll(runs, { message: 'the program', timeout: startMs }).toBe(true);
      const undriven = new Undriven(profile, child, inspector, () => log);
      const hasStrip = () =>
        undriven.inShell<boolean>(`document.querySelector('[role=tab]') !== null`).catch(() => false);
      await expect.poll(hasStrip, { message: 'the tab strip', timeout: startMs }).toBe(true);
      return undriven;
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`the program has not started; it printed:\n${log}`, { cause: error });
    }
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Everything that the program has printed so far. */
  get log(): string {
    return this.#log();
  }

  /** Null while it runs. */
  get exitCode(): number | string | null {
    return this.process.exitCode ?? this.process.signalCode;
  }

  /** Runs a function in the browser process. It can use only its arguments. */
  evaluate<Result, Argument = undefined>(
    run: (electron: Electron, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const electron = `process.getBuiltinModule('module').createRequire('/undriven.js')('electron')`;
    return this.#inspector.evaluate(`(${run})(${electron}, ${JSON.stringify(argument)})`) as Promise<Result>;
  }

  /** Evaluates a script in the main frame of a page. `gesture`: Chromium treats it as a user gesture. */
  inPage<Result>(address: string, script: string, { gesture = false } = {}): Promise<Result> {
    return this.evaluate(
      ({ webContents }, asked) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(asked.address));
        if (!contents) throw new Error(`no page at ${asked.address}`);
        // A process that ends meanwhile never answers.
        return new Promise<Result>((resolve, reject) => {
          const gone = () => reject(new Error(`the process of ${asked.address} has ended`));
          contents.once('render-process-gone', gone);
          contents
            .executeJavaScript(asked.script, asked.gesture)
            .then(resolve, reject)
            .finally(() => contents.off('render-process-gone', gone));
        });
      },
      { address, script, gesture },
    );
  }

  inShell<Result>(script: string): Promise<Result> {
    return this.inPage<Result>('bulkhead://shell', script);
  }

  /** Returns the visible text of the shell. */
  shellText(): Promise<string> {
    return this.inShell<string>('document.body.innerText');
  }

  /** Returns the text of the address bar. */
  address(): Promise<string> {
    return this.inShell<string>(`document.querySelector('input[role=combobox]').value`);
  }

  /** Makes the status bar show heartbeats and what the plugin reads. */
  async showFigures(): Promise<void> {
    const show = `[aria-label="Show what the plugin reads"]`;
    await this.click('bulkhead://shell', `[data-plugin] ${show}`);
    await expect.poll(() => this.inShell<boolean>(`document.querySelector('${show}') === null`)).toBe(true);
  }

  /** Returns the titles in the strip, in order. */
  tabs(): Promise<string[]> {
    return this.inShell<string[]>(
      `[...document.querySelectorAll('[role=tab]')].map((tab) => (tab.getAttribute('aria-label') ?? tab.textContent).trim())`,
    );
  }

  /** Returns the addresses of the existing pages, without the shell. */
  pages(): Promise<string[]> {
    return this.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .map((each) => each.getURL())
        .filter((address) => !address.startsWith('bulkhead://shell')),
    );
  }

  /** Clicks the middle of an element, as a user's mouse does. */
  async click(address: string, selector: string, { modifiers = [], button = 'left' }: Click = {}): Promise<void> {
    // A test's page may hang as soon as it is clicked, so only internal pages are asked whether the click hit.
    const asked = address.startsWith('bulkhead://');
    const find = () => this.inPage<Place | null>(address, findMiddle(selector, { watch: asked })).catch(() => null);
    // An element may move between the look and the click. Such a click does nothing, and is repeated.
    for (let hit: boolean | undefined; hit !== true; ) {
      let place: Place | null = null;
      const look = async () => {
        place = await find();
        return place;
      };
      await expect
        .poll(look, { message: `${selector} in ${address}`, intervals: [50] })
        .not.toBeNull()
        .catch(async (error: Error) => {
          throw new Error(`${error.message}\nThe shell shows:\n${await this.shellText()}`);
        });
      if (!place) continue;
      await this.clickAt(address, place, { modifiers, button });
      if (!asked) return;
      const hear = async () => {
        // A page that the click has closed cannot answer.
        hit = await this.inPage<boolean | undefined>(address, 'globalThis.lastClickHit').catch(() => true);
        return hit;
      };
      await expect.poll(hear, { message: `a click on ${selector} in ${address}`, intervals: [20] }).toBeDefined();
    }
  }

  /** Clicks a point of a page, in pixels from its upper left corner. */
  clickAt(
    address: string,
    place: { x: number; y: number },
    { modifiers = [], button = 'left' }: Click = {},
  ): Promise<void> {
    return this.evaluate(
      ({ webContents }, { address, place, modifiers, button }) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(address));
        if (!contents) throw new Error(`no page at ${address}`);
        contents.focus();
        const held =
          button === 'left' ? 'leftbuttondown' : button === 'middle' ? 'middlebuttondown' : 'rightbuttondown';
        const event = {
          ...place,
          button,
          clickCount: 1,
          modifiers: [...modifiers, held] satisfies (Key | typeof held)[],
        };
        contents.sendInputEvent({ ...event, type: 'mouseMove' });
        contents.sendInputEvent({ ...event, type: 'mouseDown' });
        contents.sendInputEvent({ ...event, type: 'mouseUp' });
      },
      { address, place, modifiers, button },
    );
  }

  /** Presses and releases a key in a page, as the system would, so that the browser's shortcuts work. */
  press(address: string, keyCode: string, ...modifiers: Key[]): Promise<void> {
    return this.evaluate(
      ({ webContents }, { address, keyCode, modifiers }) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(address));
        if (!contents) throw new Error(`no page at ${address}`);
        contents.focus();
        contents.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
        if (modifiers.every((each) => each === 'shift')) {
          const character = keyCode === 'Enter' ? '\u000d' : keyCode;
          if (character.length === 1) contents.sendInputEvent({ type: 'char', keyCode: character, modifiers });
        }
        contents.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
      },
      { address, keyCode, modifiers },
    );
  }

  /** Types a text into the address bar of the active tab, replacing its text. */
  async type(typed: string): Promise<void> {
    await this.click('bulkhead://shell', 'input[role=combobox]');
    await this.inShell(`(() => {
      const field = document.querySelector('input[role=combobox]');
      field.focus();
      field.select();
      document.execCommand('insertText', false, ${JSON.stringify(typed)});
    })()`);
  }

  /** Types a text into the address bar and presses Enter. */
  async go(typed: string): Promise<void> {
    await this.type(typed);
    await this.press('bulkhead://shell', 'Enter');
  }

  /** Closes the window as its close button does. */
  closeWindow(): Promise<void> {
    return this.evaluate(({ BaseWindow }) => {
      setImmediate(() => {
        for (const window of BaseWindow.getAllWindows()) window.close();
      });
    });
  }

  /** Resolves when the program has ended. Rejects when it does not end in time. */
  async ended(): Promise<void> {
    if (this.exitCode === null) await once(this.process, 'exit', { signal: AbortSignal.timeout(endMs) });
  }

  /** Ends it, and checks that no process is left behind. */
  async dispose(): Promise<void> {
    const processes = await familyOf(this.pid);
    this.#inspector.close();
    if (this.exitCode === null) this.process.kill('SIGTERM');
    await this.ended().catch(() => this.process.kill('SIGKILL'));
    await expect.poll(() => aliveOf(processes), 'processes left behind').toEqual([]);
  }
}

interface Place {
  x: number;
  y: number;
}

/**
 * Returns a script that finds the middle of an element, or null while a click could not reach it. `watch`: the next
 * click sets `lastClickHit`, and the page does not receive a click that misses the element.
 */
const findMiddle = (selector: string, { watch }: { watch: boolean }) => `(() => {
  // The browser drops input to a page that is not shown, or has not been painted yet.
  if (document.visibilityState !== 'visible' || performance.getEntriesByType('paint').length === 0) return null;
  const find = () => document.querySelector(${JSON.stringify(selector)});
  find()?.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = find()?.getBoundingClientRect() ?? {};
  if (!(width > 0 && height > 0)) return null;
  if (${watch}) {
    delete globalThis.lastClickHit;
    globalThis.endOfLastWatch?.abort();
    const end = (globalThis.endOfLastWatch = new AbortController());
    const hear = (event) => {
      if (event.type === 'pointerdown') globalThis.lastClickHit = event.composedPath().includes(find());
      if (globalThis.lastClickHit === false) event.stopImmediatePropagation();
      if (event.type === 'pointerup') setTimeout(() => end.abort());
    };
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'contextmenu'])
      addEventListener(type, hear, { capture: true, signal: end.signal });
  }
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
})()`;

interface Click {
  modifiers?: Key[];
  button?: 'left' | 'middle' | 'right';
}

interface Folders {
  profile: string;
  temporary: string;
}

/**
 * Says whether the application's own code runs: it listens to `uncaughtException`, in addition to Electron. Before
 * that, no expression may be evaluated that needs a module of Node, because its loader is not complete and could then
 * not load the application.
 */
const programRuns = `globalThis.process?.listenerCount?.('uncaughtException') > 1`;

/** Longest times for a start and for an end on a busy machine. */
const startMs = 40_000;
const endMs = 20_000;
