import path from 'node:path';
import { BrowserWindow, ipcMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { mainPorts } from './main-ports.ts';
import type { Order, Outcome, Process } from './process.ts';
import { runOrder } from './run-order.ts';

/** A process that scripts run in. */
export interface Agent {
  readonly kind: Process['kind'];
  readonly pid: number;
  /** Runs a script there, with these ports; resolves with its result. */
  run(script: string, argument?: unknown, ports?: MessagePortMain[]): Promise<unknown>;
  end(): Promise<void>;
}

let lastOrder = 0;
const waiting = new Map<number, (outcome: Outcome) => void>();

function settle(outcome: Outcome): void {
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

ipcMain.on('outcome', (_event, outcome: Outcome) => settle(outcome));
ipcMain.handle('echo', (_event, value: unknown) => value);

const browser: Process = { kind: 'browser', ...mainPorts };

export const browserAgent: Agent = {
  kind: 'browser',
  pid: process.pid,
  run: (script, argument, ports = []) =>
    command(script, argument, (order) => void runOrder(browser, order, ports).then(settle)),
  end: async () => undefined,
};

export interface RendererAgent extends Agent {
  readonly window: BrowserWindow;
}

export async function startRenderer(): Promise<RendererAgent> {
  const preload = path.join(import.meta.dirname, 'preload.cjs');
  const window = new BrowserWindow({
    show: false,
    webPreferences: { preload, sandbox: true, backgroundThrottling: false },
  });
  await window.loadURL('data:text/html,<title>agent</title>');
  return {
    kind: 'renderer',
    pid: window.webContents.getOSProcessId(),
    window,
    run: (script, argument, ports = []) =>
      command(script, argument, (order) => window.webContents.postMessage('order', order, ports)),
    end: async () => window.destroy(),
  };
}

export interface UtilityAgent extends Agent {
  readonly child: UtilityProcess;
  readonly exited: Promise<number>;
}

export async function startUtility(): Promise<UtilityAgent> {
  const child = utilityProcess.fork(path.join(import.meta.dirname, 'utility.mjs'));
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  child.on('message', (outcome: Outcome) => {
    if (typeof outcome === 'object' && outcome !== null && 'order' in outcome) settle(outcome);
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
