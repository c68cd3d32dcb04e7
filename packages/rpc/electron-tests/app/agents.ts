import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BrowserWindow, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { Order, Outcome, Process } from './process.ts';
import { runOrder } from './run-order.ts';

/** A process that runs scripts. */
export interface Agent {
  readonly kind: Process['kind'];
  readonly pid: number;
  /** Runs a script in the process, with these ports. Resolves with its result. */
  run(script: string, argument?: unknown, ports?: MessagePortMain[]): Promise<unknown>;
  end(): Promise<void>;
}

let lastOrder = 0;
let lastRenderer = 0;
const waiting = new Map<number, (outcome: Outcome) => void>();

export function settle(outcome: Outcome): void {
  waiting.get(outcome.order)?.(outcome);
  waiting.delete(outcome.order);
}

function command(script: string, argument: unknown, send: (order: Order) => void): Promise<unknown> {
  const order = ++lastOrder;
  return new Promise((resolve, reject) => {
    waiting.set(order, (outcome) => ('error' in outcome ? reject(new Error(outcome.error)) : resolve(outcome.result)));
    send({ order, script, argument });
  });
}

export function makeBrowserAgent(browser: Process): Agent {
  return {
    kind: 'browser',
    pid: process.pid,
    run: (script, argument, ports = []) =>
      command(script, argument, (order) => void runOrder(browser, order, ports).then(settle)),
    end: async () => undefined,
  };
}

export interface RendererAgent extends Agent {
  readonly window: BrowserWindow;
}

/** Origin and headers of an agent's page. Cross-origin isolation gives a page a clock with steps of 5 us, not 100. */
export const agentPage = {
  scheme: 'agent',
  headers: {
    'Content-Type': 'text/html',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  },
};

export async function startRenderer(): Promise<RendererAgent> {
  const preload = path.join(import.meta.dirname, 'preload.cjs');
  const webPreferences = { preload, sandbox: true, backgroundThrottling: false };
  const window = new BrowserWindow({ show: false, webPreferences });
  // Each page has its own origin, so that it has its own process.
  lastRenderer += 1;
  await window.loadURL(`${agentPage.scheme}://agent-${lastRenderer}/`);
  return {
    kind: 'renderer',
    pid: window.webContents.getOSProcessId(),
    window,
    run: (script, argument, ports = []) =>
      command(script, argument, (order) => window.webContents.postMessage('order', order, ports)),
    end: async () => window.destroy(),
  };
}

/** Starts a renderer whose scripts run in the page instead of the preload. */
export async function startPage(): Promise<RendererAgent> {
  const renderer = await startRenderer();
  const { webContents } = renderer.window;
  await webContents.executeJavaScript(readFileSync(path.join(import.meta.dirname, 'page.js'), 'utf8'));
  return {
    ...renderer,
    run: (script, argument, ports = []) =>
      command(script, argument, (order) => webContents.postMessage('page-order', order, ports)),
  };
}

export interface UtilityAgent extends Agent {
  readonly child: UtilityProcess;
  readonly exited: Promise<number>;
}

/** `onOther` gets messages of the child that are not answers. */
export async function startUtility(onOther?: (message: unknown) => void): Promise<UtilityAgent> {
  const child = utilityProcess.fork(path.join(import.meta.dirname, 'utility.mjs'));
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  child.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null) return;
    if ('order' in message) settle(message as Outcome);
    else onOther?.(message);
  });
  await new Promise<void>((resolve) => child.once('spawn', () => resolve()));
  return {
    kind: 'utility',
    pid: child.pid ?? 0,
    child,
    exited,
    run: (script, argument, ports = []) => command(script, argument, (order) => child.postMessage(order, ports)),
    end: async () => {
      child.kill();
      await exited;
    },
  };
}
