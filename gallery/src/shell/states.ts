import type {
  Download,
  Notice,
  PluginState,
  ProcessEnd,
  ScriptDialog,
  TabFrameStatistics,
  TabState,
  WindowState,
} from '@bulkhead/contracts';
import { now } from '../frame.ts';

const seconds = 1000;
const mebibyte = 1024; // KiB

/** A quiet tab, with these differences. */
export const tab = (differences: Partial<TabState> = {}): TabState => ({
  id: 1,
  title: 'Harbour pilots of Busan',
  address: 'https://harbour.example/pilots',
  shownAddress: 'https://harbour.example/pilots',
  favicon: null,
  internal: false,
  loading: false,
  pinned: false,
  canGoBack: true,
  canGoForward: false,
  pid: 4711,
  sharesProcessWith: [],
  ended: null,
  failed: null,
  responsive: true,
  heartbeat: { answered: 1280, lost: 0, longestGapMs: 41 },
  hang: null,
  memory: { usedKiB: 84 * mebibyte, limitKiB: 2048 * mebibyte, nearLimit: false },
  dialog: null,
  asksToResend: false,
  slowsBrowser: false,
  cutOff: false,
  debugged: false,
  printing: false,
  fullScreen: false,
  leaveHint: null,
  deadFrames: [],
  aftermath: null,
  blockedPopups: null,
  refused: null,
  ...differences,
});

const icon = (colour: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${colour}"/></svg>`,
  )}`;

/** The other tabs of most fixtures. */
export const neighbours: readonly TabState[] = [
  tab({
    id: 2,
    title: '부산항 도선사 안내',
    address: 'https://port.example/ko',
    shownAddress: 'https://port.example/ko',
    favicon: icon('#2f80c2'),
    pid: 4720,
  }),
  tab({
    id: 3,
    title: 'New tab',
    address: 'bulkhead://newtab/',
    shownAddress: 'bulkhead://newtab/',
    internal: true,
    pid: 4733,
  }),
];

/** This many tabs, each in a state of its own, with titles of all lengths. */
export const manyTabs = (count: number): TabState[] =>
  Array.from({ length: count }, (_, index) => {
    const differences: Partial<TabState>[] = [
      { favicon: icon('#2f80c2') },
      { title: '아주 긴 제목을 가진 페이지의 탭, 다 보이지 않는 제목', favicon: icon('#8a4fb0') },
      { loading: true },
      { ended: end() },
      { responsive: false, hang: { since: now - 9 * seconds, stopped: false, stack: null, tabs: [index + 1] } },
      { pid: null, title: 'Not loaded yet' },
      { dialog: question() },
      { sharesProcessWith: [1] },
    ];
    return tab({
      id: index + 1,
      title: `Tab number ${index + 1}`,
      address: 'https://t.kr/',
      shownAddress: 'https://t.kr',
      pid: 5000 + index,
      pinned: index < 2,
      ...differences[index % differences.length],
    });
  });

export const end = (differences: Partial<ProcessEnd> = {}): ProcessEnd => ({
  kind: 'killed',
  pid: 4711,
  signal: 'SIGKILL',
  exitCode: null,
  at: now - 4 * seconds,
  repeated: false,
  ...differences,
});

export const question = (differences: Partial<ScriptDialog> = {}): ScriptDialog => ({
  id: 1,
  kind: 'confirm',
  message: 'Send the order for 12 containers?\nIt cannot be taken back.',
  text: '',
  site: 'harbour.example',
  embedded: false,
  number: 1,
  ...differences,
});

export const plugin = (differences: Partial<PluginState> = {}): PluginState => ({
  name: 'frame-stats',
  pid: 4702,
  status: 'running',
  responsive: true,
  confinement: {
    seccomp: true,
    allowedCalls: 47,
    deniedCalls: 0,
    landlock: 7,
    landlockThreads: 'all',
    threads: 9,
    dropped: 12,
    trials: [],
    missing: '',
  },
  refusedCalls: { total: 0, calls: [] },
  restarts: 0,
  lastEnd: null,
  ...differences,
});

export const figures = (): TabFrameStatistics => ({
  tab: 1,
  statistics: {
    sequence: 812,
    width: 1280,
    height: 720,
    averageColour: { red: 72, green: 140, blue: 160 },
    changed: 0.18,
    dropped: 3,
    computeMs: 2.5,
    scroll: { x: 0, y: 640 },
  },
  framesPerSecond: 30,
  frameBytes: 812 * 1280 * 720 * 4,
  copied: false,
  portBytes: 96_000,
});

export const notice = (differences: Partial<Notice> & Pick<Notice, 'id'>): Notice => ({
  victim: 'gpu',
  name: '',
  outcome: 'back',
  why: null,
  how: null,
  signal: null,
  exitCode: null,
  pid: 4690,
  newPid: 4801,
  at: now - 12 * seconds,
  downMs: 212,
  longestGapMs: 64,
  times: 1,
  offer: null,
  ...differences,
});

export const download = (differences: Partial<Download> & Pick<Download, 'id'>): Download => ({
  name: 'harbour-map.pdf',
  folder: '/home/user/Downloads',
  site: 'harbour.example',
  state: 'running',
  receivedBytes: 3_400_000,
  totalBytes: 8_100_000,
  bytesPerSecond: 820_000,
  problem: null,
  canRetry: false,
  ...differences,
});

export const window = (differences: Partial<WindowState> = {}): WindowState => ({
  activeTab: 1,
  addressRequests: { count: 0, tabs: [] },
  plugins: [plugin()],
  showsPluginFigures: false,
  notices: [],
  session: { restored: null, unsaved: null, reopenable: true },
  closing: null,
  shellPid: 4695,
  browserPid: 4680,
  // The newest runtime, which needs no warning.
  runtime: { bulkhead: '0.1.0', electron: '45.4.1', chromium: '156.0.0.0', node: '24.11.0' },
  ...differences,
});
