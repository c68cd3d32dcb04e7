import type { PreloadFault, TabFault } from '@bulkhead/contracts';
import { endProcess } from '../processes/end-process.ts';
import { framesOf, processOf } from '../tabs/frame-tree.ts';
import type { Tab } from '../tabs/tab.ts';
import { pageScripts } from './page-scripts.ts';

/** Longest wait for a page to accept a fault's script, ms. */
const takeMs = 3000;
/** Longest wait for a cross-site subframe to load in a hidden page, ms. */
const frameMs = 15_000;

type Cause =
  | { signal: NodeJS.Signals }
  /** The page's preload causes it. */
  | { preload: PreloadFault }
  | { by: (tab: Tab) => Outcome | Promise<Outcome> };

type Outcome = 'caused' | 'refused' | 'no-victim';

/** How each fault is caused that is not a script in the page. */
const causes: Record<Exclude<TabFault, keyof typeof pageScripts>, Cause> = {
  'tab-kill': { signal: 'SIGKILL' },
  'tab-terminate': { signal: 'SIGTERM' },
  'tab-stop': { signal: 'SIGSTOP' },
  'tab-abort': { signal: 'SIGABRT' },
  'tab-segmentation-fault': { preload: 'segmentation-fault' },
  'tab-message-flood': { preload: 'message-flood' },
  'tab-malformed-message': { preload: 'malformed-message' },
  'tab-closed-port': { preload: 'closed-port' },
  'tab-dead-frame': { by: killFrame },
  'tab-reload-loop': { by: loopOnReload },
};

const isScript = (fault: TabFault): fault is keyof typeof pageScripts => fault in pageScripts;

/** Causes a fault in a tab that has a process. Returns whether it could be caused. */
export async function causeTabFault(tab: Tab, fault: TabFault): Promise<Outcome> {
  const { pid } = tab;
  if (pid === null) return 'no-victim';
  if (isScript(fault)) return runInPage(tab, pageScripts[fault]);
  const cause = causes[fault];
  if ('by' in cause) return cause.by(tab);
  if ('signal' in cause) endProcess(pid, cause.signal);
  else if (tab.connection) tab.connection.breakYourself(cause.preload);
  else return 'no-victim';
  return 'caused';
}

/** Ends the process of a cross-site subframe. If the page has none, adds one first. */
async function killFrame(tab: Tab): Promise<Outcome> {
  const frame = foreignFrame(tab) ?? (await addForeignFrame(tab));
  if (frame === undefined) return 'refused';
  endProcess(frame, 'SIGKILL');
  return 'caused';
}

/** Returns the PID of the first subframe with a process other than the page's. */
function foreignFrame({ contents, pid }: Tab): number | undefined {
  return framesOf(contents.mainFrame)
    .map(processOf)
    .find((each) => each !== undefined && each !== pid);
}

/**
 * Adds a cross-site subframe. `localhost` and `127.0.0.1` are two sites: a page on one gets a subframe of the other.
 */
async function addForeignFrame(tab: Tab): Promise<number | undefined> {
  const address = otherSite(tab.address);
  if (address === undefined) return undefined;
  const added = untilForeignFrame(tab);
  await runInPage(
    tab,
    `{ const frame = document.createElement('iframe'); frame.src = ${JSON.stringify(address)};
       document.body.append(frame); 0; }`,
  );
  return added;
}

/** Resolves with the PID of the tab's first cross-site subframe; undefined if none loads in time. */
function untilForeignFrame(tab: Tab): Promise<number | undefined> {
  return new Promise((resolve) => {
    const settle = (pid: number | undefined) => {
      clearTimeout(timer);
      if (!tab.contents.isDestroyed()) tab.contents.off('did-frame-finish-load', look);
      resolve(pid);
    };
    // The event may come from the page itself, which can finish its load first.
    const look = () => {
      const pid = foreignFrame(tab);
      if (pid !== undefined) settle(pid);
    };
    const timer = setTimeout(settle, frameMs, undefined);
    tab.contents.on('did-frame-finish-load', look);
  });
}

function otherSite(address: string): string | undefined {
  const url = new URL(address);
  const hosts: Record<string, string> = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };
  const other = hosts[url.hostname];
  if (other === undefined) return undefined;
  url.hostname = other;
  return url.href;
}

/**
 * Makes each document of the page reload it, like a page whose first script line reloads it. Stops when the tab ends or
 * shows another page.
 */
function loopOnReload(tab: Tab): 'caused' {
  const { address, contents } = tab;
  const stop = () => {
    contents.off('dom-ready', again);
    tab.off('ended', stop);
  };
  const again = () => {
    if (tab.address === address) void runInPage(tab, 'location.reload()');
    else stop();
  };
  contents.on('dom-ready', again);
  tab.on('ended', stop);
  again();
  return 'caused';
}

/** Runs a script in the page. The page's policy may forbid what it does, and a hanging page runs no script at all. */
async function runInPage(tab: Tab, script: string): Promise<'caused' | 'refused'> {
  const taken = tab.contents.executeJavaScript(script, true).then(
    () => 'caused' as const,
    () => 'refused' as const,
  );
  const late = new Promise<'refused'>((resolve) => setTimeout(resolve, takeMs, 'refused'));
  return Promise.race([taken, late]);
}
