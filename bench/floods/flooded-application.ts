import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inspector } from '../../e2e/inspector.ts';
import { where } from '../where.ts';

export type Kind = 'bulkhead' | 'bare';

export interface Figures {
  /** Largest growth of the browser process's memory; `leftMiB`: growth at the end. */
  grownMiB: number;
  leftMiB: number;
  /** Longest time that the browser's thread was blocked; `interfaceMs`: that the interface did not answer. */
  threadMs: number;
  interfaceMs: number;
  /** How the application ended when its window was closed. */
  end: string;
}

const electron = `process.getBuiltinModule('module').createRequire('/bench.js')('electron')`;
const contentsAt = (address: string) =>
  `${electron}.webContents.getAllWebContents().find((each) => each.getURL().startsWith(${JSON.stringify(address)}))`;

/** Measures in the browser process: the delay of a 5 ms timer, and the time of a call to the interface. */
const measuring = (interfaceAddress: string) => `(() => {
  const figures = (globalThis.figures = { threadMs: 0, interfaceMs: 0, askedAt: 0 });
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    figures.threadMs = Math.max(figures.threadMs, now - last - 5);
    last = now;
  }, 5);
  const contents = ${contentsAt(interfaceAddress)};
  void (async () => {
    for (;;) {
      figures.askedAt = performance.now();
      await contents.executeJavaScript('1').catch(() => undefined);
      figures.interfaceMs = Math.max(figures.interfaceMs, performance.now() - figures.askedAt);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
})()`;
const read = `({ ...figures, interfaceMs: Math.max(figures.interfaceMs, performance.now() - figures.askedAt - 20) })`;

/** Time that the application's memory grows by itself after its start, ms. */
const startMs = 6000;
/** Longest wait for the figures and for the end, ms. */
const patienceMs = 20_000;

/** Starts an application with a page that floods it and another page, runs the flood, and closes the window. */
export async function measureFlood(
  kind: Kind,
  script: string,
  { origin, seconds }: { origin: string; seconds: number },
): Promise<Figures> {
  const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-floods-'));
  const [flooded, beside] = [`${origin}/flood`, `${origin}/beside`];
  const isBare = kind === 'bare';
  const args = isBare ? [path.join(import.meta.dirname, '../bare-app'), profile] : [where().app, '--profile', profile];
  const child = spawn(where().electron, ['--inspect=127.0.0.1:0', ...args, flooded, beside], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile },
  });
  const exited = once(child, 'exit');
  try {
    const inspector = await inspect(child);
    const interfaceAddress = isBare ? beside : 'bulkhead://shell';
    const up = `Promise.all([${[flooded, beside, interfaceAddress].map((each) => `${contentsAt(each)}.executeJavaScript('1')`)}])`;
    // Evaluate nothing that needs a module before the application's own code runs, which could then not be loaded.
    const runs = `globalThis.process?.listenerCount?.('uncaughtException') > ${isBare ? 0 : 1}`;
    while (!(await inspector.evaluate(runs))) await sleep(100);
    for (let isUp = false; !isUp; await sleep(100)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${kind} ended before it was up`);
      isUp = await inspector.evaluate(up).then(
        () => true,
        () => false,
      );
    }
    await sleep(startMs);
    await inspector.evaluate(measuring(interfaceAddress));
    const before = await ownMiB(child);
    void inspector.evaluate(`void ${contentsAt(flooded)}.executeJavaScript(${JSON.stringify(script)})`).catch(() => 0);
    let [most, after] = [before, before];
    for (const endAt = performance.now() + seconds * 1000; performance.now() < endAt && child.exitCode === null; ) {
      await sleep(250);
      after = (await ownMiB(child)) || after;
      most = Math.max(most, after);
    }
    const never = { threadMs: Number.POSITIVE_INFINITY, interfaceMs: Number.POSITIVE_INFINITY };
    const answer = inspector.evaluate(read).catch(() => never) as Promise<typeof never>;
    const { threadMs, interfaceMs } = await Promise.race([answer, sleep(patienceMs, never)]);
    const end = await close(inspector, exited);
    return { grownMiB: most - before, leftMiB: after - before, threadMs, interfaceMs, end };
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function inspect(child: ChildProcess): Promise<Inspector> {
  for await (const chunk of child.stderr ?? []) {
    const address = /ws:\/\/\S+/.exec(String(chunk))?.[0];
    if (address) {
      child.stderr?.resume();
      return Inspector.connect(address);
    }
  }
  throw new Error('the application ended before it was up');
}

async function close(inspector: Inspector, exited: Promise<unknown[]>): Promise<string> {
  const windows = `${electron}.BaseWindow.getAllWindows()`;
  await Promise.race([
    inspector.evaluate(`void setImmediate(() => ${windows}.forEach((each) => each.close()))`).catch(() => undefined),
    sleep(patienceMs),
  ]);
  inspector.close();
  const since = performance.now();
  const ended = await Promise.race([exited, sleep(patienceMs)]);
  return ended ? `${ended[0] ?? ended[1]} after ${Math.round(performance.now() - since)} ms` : 'none';
}

/**
 * Returns the browser process's memory, with its part of shared memory. Leaves out mapped files of the program: the
 * number of processes that share these changes while another application of the same Electron ends.
 */
async function ownMiB({ pid }: ChildProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kib = ['Anon', 'Shmem'].map((part) => Number(new RegExp(`^Pss_${part}:\\s+(\\d+)`, 'm').exec(text)?.[1]));
  return kib.reduce((sum, each) => sum + each, 0) / 1024;
}
