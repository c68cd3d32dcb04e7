import { frames } from './en/frames.ts';
import { history } from './en/history.ts';
import { isolation } from './en/isolation.ts';
import { lab } from './en/lab.ts';
import { ports } from './en/ports.ts';
import { processes } from './en/processes.ts';
import { settings } from './en/settings.ts';

export const en = {
  newTabTitle: 'New tab',
  claim:
    'A browser that is built to be broken. Every tab is a compartment of its own: flood one, and the ship floats on.',
  stepOpen: 'Open a few pages, each in its own process.',
  stepKill: 'Press “Kill this tab” in one of them.',
  stepWatch: 'Watch the others keep their PIDs and go on.',
  pages: "Bulkhead's pages",
  noBrowser: 'This page has no connection to the browser.',
  startPage: 'Go to the start page',

  notFoundTitle: 'No such page',
  notFoundHeading: '{{address}} does not exist',
  notFoundText: 'Bulkhead has no page of this name.',

  processesTitle: 'Processes',
  processesAbout: 'Every process with its PID, memory, CPU and sandbox, and a way to end any of them.',
  summary_one: '{{count}} process · {{memory}} · {{sandboxed}} sandboxed',
  summary_other: '{{count}} processes · {{memory}} · {{sandboxed}} sandboxed',
  filter: 'Filter by title, type, site or PID',
  noMatch: 'No process matches',
  noMatchText: 'Change the filter to see the others.',
  columnProcess: 'Process',
  columnParent: 'Parent',
  columnMemory: 'Memory',
  columnMemoryHint: 'Proportional set size: what it has alone, and its share of what several have together',
  columnCpuHint: 'Share of one core during the last second',
  columnSandbox: 'Sandbox',
  columnSandboxHint: 'As the system reports it in /proc',
  columnActions: 'Actions',

  typeBrowser: 'Browser',
  typeShell: 'Shell',
  typeTab: 'Tab',
  typePlugin: 'Plugin',
  typeLesson: 'Lesson',
  typeGpu: 'GPU',
  typeNetwork: 'Network service',
  typeZygote: 'Zygote',
  typeUtility: 'Utility',
  typeOther: 'Other',
  tabsInProcess: '{{count}} tabs share it',
  showTab: 'Show this tab',

  sandboxed: 'Sandboxed',
  sandboxFiltered: 'System calls filtered',
  sandboxNamespace: 'Own PID namespace',
  sandboxNone: 'None',
  unknown: 'The system does not tell',
  seccompNone: 'none',
  seccompStrict: 'strict',
  seccompFilter: 'filter',
  pidNamespaces: 'PID namespaces',
  noNewPrivileges: 'No new privileges',
  yes: 'yes',
  no: 'no',

  endProcess: 'End process',
  endHint: 'Asks the process to end (SIGTERM)',
  kill: 'Kill',
  killHint: 'Ends the process at once, whatever it is doing (SIGKILL)',
  endNotOurs: 'not a process of Bulkhead',
  endGone: 'has already ended',
  endRefused: 'the system refused',
  endIgnored: 'still running',
  endNoAnswer: 'no answer from the browser',

  ...frames,
  ...history,
  ...isolation,
  ...lab,
  ...ports,
  ...processes,
  ...settings,
} as const;
