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
  /** The language that a person chose. */
  language: () => Settings['language'];
  handlers: () => Handlers<typeof shellHost>;
}

interface ShellEvents {
  /** The interface's process has gone; it is loaded again. */
  ended: [ProcessEnd];
  /** The interface has its port: it runs. */
  connected: [];
  /** The user wants the address bar: `addressRequests` says for which tab. */
  addressRequested: [];
  /** The shell has drawn the end or the hang of this process. */
  painted: [{ what: PaintedThing; pid: number | null }];
}

/** The window's interface: a sandboxed renderer of our own, in a session of its own that no tab can reach. */
export class Shell extends EventEmitter<ShellEvents> {
  readonly #options: ShellOptions;
  #view: WebContentsView | undefined;
  #served: Served<typeof shellHost> | undefined;
  #keptState: string | null = null;
  #addressRequests: AddressRequests = { count: 0, tabs: [] };
  #sendsKey = false;
  /** An interface that keeps ending is not given up, but not allowed to take a whole processor either. */
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

  /** What the interface wants to have again after its process has been lost; not looked into. */
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
    // A view whose window has closed has no contents any more.
    const contents: WebContents | undefined = this.#view?.webContents;
    return contents && !contents.isDestroyed() ? contents.getOSProcessId() || null : null;
  }

  /** Starts the interface's process and loads it; once. */
  open(): WebContentsView {
    const { preload, rendererFolder, language } = this.#options;
    const session = sessions.fromPartition('shell', { cache: false });
    serveInternalPages(session, { rendererFolder, hosts: new Set(['shell']), language });
    session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    const view = new WebContentsView({
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, preload, session },
    });
    this.#view = view;
    // See-through where the page is, for when it lies on top of the page.
    view.setBackgroundColor('#00000000');
    const { webContents } = view;
    new DocumentGreeter(webContents).on('document', (frame) => this.#connect(frame));
    webContents.on('will-navigate', (event) => event.preventDefault());
    // Those that the browser sends are no keys of the user's, and the other way round.
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
      // Acting on the contents while the runtime takes the process apart has crashed the browser.
      setImmediate(() => this.#revive(webContents, end));
    });
    this.#load(webContents);
    return view;
  }

  /** Loads the interface again, with its state: it is to look otherwise. */
  reload(): void {
    this.#view?.webContents.reload();
  }

  /** Call when a new network service has taken the place of one that ended: a document that was loading never comes. */
  loseNetwork(): void {
    const contents = this.#view?.webContents;
    if (contents && !contents.isDestroyed() && contents.isLoadingMainFrame()) this.#load(contents);
  }

  get addressRequests(): AddressRequests {
    return this.#addressRequests;
  }

  /** Gives the keyboard to the address bar: what the user types from now on is for this tab. */
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

  /** Sends a key that only the interface hears. It arrives before every key that the user types from now on. */
  #sendKey(contents: WebContents, keyCode: string): void {
    this.#sendsKey = true;
    try {
      for (const type of ['keyDown', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode });
    } finally {
      this.#sendsKey = false;
    }
  }

  /** A key that the browser sends to its interface right now: no key of the user's. */
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

  /** Lets its heartbeat rest, or has it beat again. */
  rest(mayRest: boolean): void {
    this.#served?.peer.restHeartbeat(mayRest);
  }

  /** An interface that does not answer is of no use to anybody; what it had is kept. */
  #endHung(): void {
    const contents = this.#view?.webContents;
    // Somebody looks at it with the developer tools, and may have stopped it.
    if (this.pid === null || contents?.isDevToolsOpened() || contents?.debugger.isAttached()) return;
    this.#intendedEnd = 'unresponsive';
    endProcess(this.pid, 'SIGKILL');
  }

  #load(contents: WebContents): void {
    const load = ++this.#loads;
    contents.loadURL('bulkhead://shell/').catch((error) => {
      // One that the next load has taken the place of fails, too.
      if (load !== this.#loads) return;
      // There is nothing better to show it on than the log.
      console.error('bulkhead: the shell:', error);
      this.#loadLater(contents);
    });
  }

  /** Of a process that ends before its document has come the runtime may tell by the end, by the failure, or by both. */
  #loadLater(contents: WebContents): void {
    this.#nextLoad ??= setTimeout(() => {
      this.#nextLoad = undefined;
      // No reload: there may be nothing yet that could be loaded again.
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

/** Between two attempts once the interface has ended too often, ms. */
const patientDelayMs = 10_000;
