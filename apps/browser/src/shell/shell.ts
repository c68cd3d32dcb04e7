import { EventEmitter } from 'node:events';
import {
  type AddressRequests,
  addressKeyOf,
  namedAddressRequests,
  type PaintedThing,
  type ProcessEnd,
  requestAge,
  type Settings,
  shellHost,
} from '@bulkhead/contracts';
import { type Served, serve } from '@bulkhead/rpc';
import type { Handlers } from '@bulkhead/rpc/contract';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import {
  MessageChannelMain,
  session as sessions,
  type WebContents,
  WebContentsView,
  type WebFrameMain,
} from 'electron';
import { logOf } from '../log/log.ts';
import { endProcess } from '../processes/end-process.ts';
import { describeEnd } from '../processes/process-end.ts';
import { RestartBudget } from '../processes/restart-budget.ts';
import { serveInternalPages } from '../runtime/internal-protocol.ts';
import { DocumentGreeter } from '../tabs/document-greeter.ts';

export interface ShellOptions {
  /** The preload that hands the port to the page, absolute path. */
  preload: string;
  /** Folder that the renderers were built into. */
  rendererFolder: string;
  /** The language that the user chose. */
  language: () => Settings['language'];
  handlers: () => Handlers<typeof shellHost>;
}

interface ShellEvents {
  /** The shell's process has ended; the shell is loaded again. */
  ended: [ProcessEnd];
  /** The shell has its port: it runs. */
  connected: [];
  /** The user wants the address bar: `addressRequests` says for which tab. */
  addressRequested: [];
  /** The shell has drawn the end or the hang of this process. */
  painted: [{ what: PaintedThing; pid: number | null }];
}

/** The window's interface: a sandboxed renderer of Bulkhead, in a session of its own that no tab can reach. */
export class Shell extends EventEmitter<ShellEvents> {
  readonly #options: ShellOptions;
  #view: WebContentsView | undefined;
  #served: Served<typeof shellHost> | undefined;
  #keptState: string | null = null;
  #addressRequests: AddressRequests = { count: 0, tabs: [] };
  #sendsKey = false;
  /** A shell that keeps ending is always started again, but slowly, so that it does not take a whole CPU. */
  readonly #budget = new RestartBudget({ restarts: 6, withinMs: 60_000, firstDelayMs: 1 });
  #pid: number | null = null;
  #lastEnd: ProcessEnd | null = null;
  #intendedEnd: ProcessEnd['kind'] | undefined;
  #loads = 0;
  #nextLoad: NodeJS.Timeout | undefined;

  constructor(options: ShellOptions) {
    super();
    this.#options = options;
  }

  /** State that the shell reads back after it has lost its process. The browser does not interpret it. */
  get keptState(): string | null {
    return this.#keptState;
  }

  keepState(state: string): void {
    this.#keptState = state;
  }

  /** Undefined before `open`. */
  get view(): WebContentsView | undefined {
    return this.#view;
  }

  get pid(): number | null {
    // After its window has closed, a view has no contents.
    const contents: WebContents | undefined = this.#view?.webContents;
    return contents && !contents.isDestroyed() ? contents.getOSProcessId() || null : null;
  }

  /** Starts the shell's process and loads the shell. Call once. */
  open(): WebContentsView {
    const { preload, rendererFolder, language } = this.#options;
    const session = sessions.fromPartition('shell', { cache: false });
    serveInternalPages(session, { rendererFolder, hosts: new Set(['shell']), language });
    session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    const view = new WebContentsView({
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, preload, session },
    });
    this.#view = view;
    // Transparent where the page is, for the times when the shell lies on top of the page.
    view.setBackgroundColor('#00000000');
    const { webContents } = view;
    new DocumentGreeter(webContents).on('document', (frame) => this.#connect(frame));
    webContents.on('will-navigate', (event) => event.preventDefault());
    // Drop the reserved keys that carry address requests unless the browser itself sends them.
    webContents.on('before-input-event', (event, { key }) => {
      if (!this.#sendsKey && requestAge(key, 0) !== undefined) event.preventDefault();
    });
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('did-navigate', () => {
      this.#pid = this.pid;
      this.#intendedEnd = undefined;
    });
    webContents.on('render-process-gone', (_event, gone) => {
      const end = describeEnd(gone, this.#pid, this.#lastEnd, { intended: this.#intendedEnd });
      // Wait a turn: acting on the contents while Electron tears the process down has crashed the browser.
      setImmediate(() => this.#revive(webContents, end));
    });
    this.#load(webContents);
    return view;
  }

  /** Reloads the shell with its state, to show a changed setting. */
  reload(): void {
    this.#view?.webContents.reload();
  }

  /** Call when a new network service has replaced one that ended: a document that was loading then never arrives. */
  loseNetwork(): void {
    const contents = this.#view?.webContents;
    if (contents && !contents.isDestroyed() && contents.isLoadingMainFrame()) this.#load(contents);
  }

  get addressRequests(): AddressRequests {
    return this.#addressRequests;
  }

  /** Focuses the address bar: text that the user types from now on is for this tab. */
  focusAddress(tab: number): void {
    const { count, tabs } = this.#addressRequests;
    this.#addressRequests = { count: count + 1, tabs: [...tabs, tab].slice(-namedAddressRequests) };
    const contents = this.#view?.webContents;
    if (contents && !contents.isDestroyed()) {
      contents.focus();
      this.#sendKey(contents, addressKeyOf(count + 1));
    }
    this.emit('addressRequested');
  }

  /** Sends a key that only the shell receives. It arrives before every key that the user types from now on. */
  #sendKey(contents: WebContents, keyCode: string): void {
    this.#sendsKey = true;
    try {
      for (const type of ['keyDown', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode });
    } finally {
      this.#sendsKey = false;
    }
  }

  /** True while the browser itself sends a key to the shell: the key is not from the user. */
  get sendsKey(): boolean {
    return this.#sendsKey;
  }

  #connect(frame: WebFrameMain): void {
    this.#served?.close();
    const { port1, port2 } = new MessageChannelMain();
    const served = serve(shellHost, mainPortEndpoint(port1), this.#options.handlers(), {
      peer: { name: 'shell', ...(this.pid !== null && { pid: this.pid }) },
    });
    this.#served = served;
    served.peer.onDidChangeResponsiveness((responsive) => {
      if (!responsive && this.#served === served) this.#endHung();
    });
    frame.postMessage('bulkhead-port', null, [port2]);
    this.emit('connected');
  }

  /** Pauses the shell's heartbeat, or resumes it. */
  rest(mayRest: boolean): void {
    this.#served?.peer.restHeartbeat(mayRest);
  }

  /** Ends a shell that does not answer. Its state is kept. */
  #endHung(): void {
    const contents = this.#view?.webContents;
    // A developer may have paused it with the developer tools.
    if (this.pid === null || contents?.isDevToolsOpened() || contents?.debugger.isAttached()) return;
    this.#intendedEnd = 'unresponsive';
    endProcess(this.pid, 'SIGKILL');
  }

  #load(contents: WebContents): void {
    const load = ++this.#loads;
    contents.loadURL('bulkhead://shell/').catch((error) => {
      // A load that a newer one replaces also fails.
      if (load !== this.#loads) return;
      // Without a shell, only the log can show the error.
      logOf({ type: 'shell', pid: this.pid }).error('it did not load:', error);
      this.#loadLater(contents);
    });
  }

  /**
   * Loads once, though Electron may report a process that ended before its document came by its end, by a failed load,
   * or by both.
   */
  #loadLater(contents: WebContents): void {
    this.#nextLoad ??= setTimeout(() => {
      this.#nextLoad = undefined;
      // Do not use `reload`: the first load may not have produced a document.
      if (!contents.isDestroyed()) this.#load(contents);
    }, this.#budget.take() ?? patientDelayMs);
  }

  #revive(contents: WebContents, end: ProcessEnd): void {
    if (contents.isDestroyed()) return;
    this.#lastEnd = end;
    this.#served?.close();
    this.#served = undefined;
    this.emit('ended', end);
    this.#loadLater(contents);
  }
}

/** Time between two attempts after the shell has ended too often, ms. */
const patientDelayMs = 10_000;
