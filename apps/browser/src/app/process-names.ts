import { openConnections } from '@bulkhead/rpc';
import { boundedSite, boundedTitle } from '../bounds/page-facts.ts';
import type { FramePath } from '../frames/frame-path.ts';
import { lessonRuns } from '../lab/lab-host.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import type { ProcessMeasures, ProcessNames } from '../processes/named-process.ts';
import type { Shell } from '../shell/shell.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

interface NamedProcesses {
  readonly strip: TabStrip;
  readonly plugin: PluginProcess;
  readonly framePath: FramePath;
  /** Undefined until the browser has made it. */
  readonly shell?: Shell;
  readonly watchdogPid: number | undefined;
}

/** Returns names for the processes that the browser started, and what it counts of their work. */
export function processNames(browser: NamedProcesses): ProcessNames {
  return {
    describe(pid) {
      const tabs = browser.strip.tabs.filter((tab) => tab.pid === pid);
      const [first] = tabs;
      if (first)
        return { type: 'tab', title: titleOf(first), tabs: tabs.map((tab) => ({ id: tab.id, title: titleOf(tab) })) };
      if (browser.shell?.pid === pid) return { type: 'shell', title: 'Shell', tabs: [] };
      if (browser.plugin.pid === pid) return { type: 'plugin', title: browser.plugin.name, tabs: [] };
      if (browser.watchdogPid === pid) return { type: 'other', title: 'Watchdog', tabs: [] };
      return lessonName(pid);
    },

    measure(pid): ProcessMeasures {
      const tabs = browser.strip.tabs.filter((tab) => tab.pid === pid);
      const ports = openConnections().filter((connection) => connection.peer.pid === pid);
      const total = (of: 'messages' | 'bytes') =>
        ports.reduce((sum, { counters }) => sum + counters.sent[of] + counters.received[of], 0);
      const heaps = tabs.flatMap((tab) => tab.vitals?.heapBytes ?? []);
      const fetched = tabs.flatMap((tab) => tab.vitals?.networkBytes ?? []);
      for (const tab of tabs) tab.askVitals();
      return {
        site: tabs[0] ? boundedSite(tabs[0].address) : null,
        heapBytes: heaps.length > 0 ? Math.max(...heaps) : null,
        framesPerSecond: browser.framePath.framesPerSecondOf(tabs),
        ...confinementOf(browser.plugin, pid),
        networkBytes: fetched.length > 0 ? fetched.reduce((sum, each) => sum + each, 0) : null,
        traffic: ports.length > 0 ? { messages: total('messages'), bytes: total('bytes') } : null,
      };
    },
  };
}

/** Returns the confinement of the processes that confine themselves. */
function confinementOf(
  plugin: Pick<PluginProcess, 'pid' | 'state'>,
  pid: number,
): Pick<ProcessMeasures, 'confinement' | 'refusedCalls'> {
  if (plugin.pid === pid) {
    const { confinement, refusedCalls } = plugin.state();
    return { confinement, refusedCalls };
  }
  for (const run of lessonRuns) {
    const confinement = run.processes.find((each) => each.pid === pid)?.confinement;
    if (confinement !== undefined) return { confinement };
  }
  return {};
}

/** Returns the lesson, and the process's name in it. */
export function lessonName(pid: number): ReturnType<ProcessNames['describe']> {
  for (const run of lessonRuns) {
    const found = run.processes.find((each) => each.pid === pid);
    if (found) return { type: 'lesson', title: `${run.lesson}: ${found.name}`, tabs: [] };
  }
  return undefined;
}

const titleOf = ({ contents }: Tab): string => boundedTitle(contents.getTitle());
