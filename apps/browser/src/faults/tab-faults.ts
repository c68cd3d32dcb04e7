import type { PreloadFault, TabFault } from '@bulkhead/contracts';
import { endProcess } from '../processes/end-process.ts';
import { framesOf, processOf } from '../tabs/frame-tree.ts';
import type { Tab } from '../tabs/tab.ts';
import { pageScripts } from './page-scripts.ts';

/** Longest that a page is waited for to take a fault's script, ms. */
const takeMs = 3000;
/** Longest time for a frame of another site to load in a page that is hidden, ms. */
const frameMs = 15_000;

type Cause =
  | { signal: NodeJS.Signals }
  /** The page's preload causes it. */
  | { preload: PreloadFault }
  | { by: (tab: Tab) => Outcome | Promise<Outcome> };

type Outcome = 'caused' | 'refused' | 'no-victim';

/** How each fault is caused that is no script of the page's. */
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

/** Causes a fault in a tab that has a process, and returns whether it could be caused. */
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

/** Ends the process of a cross-site frame; where the page has none, of one that is put into it. */
async function killFrame(tab: Tab): Promise<Outcome> {
  const frame = foreignFrame(tab) ?? (await addForeignFrame(tab));
  if (frame === undefined) return 'refused';
  endProcess(frame, 'SIGKILL');
  return 'caused';
}

/** Process of the first frame that has another one than its page. */
function foreignFrame({ contents, pid }: Tab): number | undefined {
  return framesOf(contents.mainFrame)
    .map(processOf)
    .find((each) => each !== undefined && each !== pid);
}

/** `localhost` and `127.0.0.1` are two sites; a page on either gets the other as a frame. */
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

/** Resolves with the process of the tab's first cross-site frame; undefined when none comes in time. */
function untilForeignFrame(tab: Tab): Promise<number | undefined> {
  return new Promise((resolve) => {
    const settle = (pid: number | undefined) => {
      clearTimeout(timer);
      if (!tab.contents.isDestroyed()) tab.contents.off('did-frame-finish-load', look);
      resolve(pid);
    };
    // The page itself may finish its own load first.
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
 * Has each document of the page load it again, as a page does whose first line says so; until the tab is ended, or shows
 * another page.
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

/** A page's policy may forbid what a script does; a page that hangs takes none at all. */
async function runInPage(tab: Tab, script: string): Promise<'caused' | 'refused'> {
  const taken = tab.contents.executeJavaScript(script, true).then(
    () => 'caused' as const,
    () => 'refused' as const,
  );
  const late = new Promise<'refused'>((resolve) => setTimeout(resolve, takeMs, 'refused'));
  return Promise.race([taken, late]);
}
