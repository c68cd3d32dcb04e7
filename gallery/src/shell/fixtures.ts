import {
  type DownloadList,
  type Notice,
  processEnd,
  profilePart,
  type Refusal,
  type TabFrameStatistics,
  type TabState,
  type WindowState,
} from '@bulkhead/contracts';
import { now, until } from '../frame.ts';
import { download, end, figures, manyTabs, neighbours, notice, plugin, question, tab, window } from './states.ts';

/** Parts of the window, by the selectors of their elements. */
export const parts = {
  header: 'header',
  /** Above a page. */
  bars: 'header > [role=status]',
  /** In place of a page: a sad tab. */
  page: '[role=tabpanel] > section',
  dialog: '[role=alertdialog]',
  /** An open menu, card or list. */
  popover: ':popover-open',
  status: '.shell > section',
} as const;

/** Looks of pictures: a language and a theme, or a narrow window in English. */
export type Picture = 'en-light' | 'ko-dark' | 'narrow';

/** One state of the shell, as the browser would send it. */
export interface ShellFixture {
  readonly tabs: readonly TabState[];
  readonly window: WindowState;
  readonly downloads?: Partial<DownloadList>;
  readonly figures?: TabFrameStatistics;
  /** Whether a snapshot of the page exists. */
  readonly hasSnapshot?: boolean;
  /** Answer of the browser to a typed text. */
  readonly refusal?: Refusal;
  /** Action of the user that shows the fixture, if the state alone does not. */
  readonly act?: () => void | Promise<void>;
  /** The part of the window that its picture shows. */
  readonly part: keyof typeof parts;
  /** Looks besides `en-light` in which there is a picture of it; null if it differs from another one in its words only. */
  readonly also?: readonly Exclude<Picture, 'en-light'>[] | null;
}

type Differences = Partial<Omit<ShellFixture, 'tabs' | 'window'>> & {
  tabs?: TabState[];
  window?: Partial<WindowState>;
};

/** The active tab with these differences, and its neighbours. */
const fixture = (
  part: ShellFixture['part'],
  active: Partial<TabState>,
  { tabs, window: state, ...rest }: Differences = {},
): ShellFixture => ({ part, tabs: tabs ?? [tab(active), ...neighbours], window: window(state), ...rest });

const ended = (...[differences]: Parameters<typeof end>): Partial<TabState> => ({
  pid: null,
  memory: null,
  ended: end(differences),
});

const sadTabs = Object.fromEntries(
  processEnd.entries.kind.options.map((kind) => [
    `sad-tab-${kind}`,
    fixture(
      'page',
      {
        ...ended({ kind, ...(kind === 'launch-failed' && { pid: null }) }),
        aftermath: { tabs: 2, longestGapMs: 58, usualGapMs: 55, heartbeatsLost: 0 },
      },
      { also: kind === 'killed' ? ['ko-dark'] : null },
    ),
  ]),
);

const failure = { address: 'https://harbour.example/pilots', code: -102, name: 'ERR_CONNECTION_REFUSED', form: null };
const failed = (differences: Partial<NonNullable<TabState['failed']>>, more?: Differences) =>
  fixture('page', { pid: null, memory: null, failed: { ...failure, ...differences } }, more);

const dialog = (dialog: NonNullable<TabState['dialog']>, more: Differences = {}) => fixture('dialog', { dialog }, more);

const hang = { since: now - 21_000, stopped: false, stack: null, tabs: [1] };

const notices = (list: Partial<Notice>[], differences: Differences = {}) =>
  fixture(
    'popover',
    {},
    {
      act: () => element('[role=status] [popovertarget]').click(),
      window: { notices: list.map((each, index) => notice({ id: index + 1, ...each })) },
      ...differences,
    },
  );

const missing = { outcome: 'missing', pid: null, newPid: null, downMs: null, longestGapMs: null } as const;

const element = (selector: string) => document.querySelector(selector) as HTMLElement;

/** Types into the address bar. */
function type(text: string): HTMLInputElement {
  const field = element('input[role=combobox]') as HTMLInputElement;
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return field;
}

/** Every state of the shell that has a picture. */
export const shellFixtures: Readonly<Record<string, ShellFixture>> = {
  'one-tab': fixture('header', {}, { tabs: [tab({ canGoBack: false })] }),
  'tab-states': fixture('header', {}, { tabs: manyTabs(8), also: ['ko-dark'] }),
  'forty-tabs': fixture('header', {}, { tabs: manyTabs(40), window: { activeTab: 20 }, also: ['ko-dark', 'narrow'] }),
  loading: fixture('header', { loading: true }),
  'long-address': fixture(
    'header',
    {
      address: `https://a-very-long-part-before-the-domain-${'x'.repeat(60)}.harbour.example/pilots`,
      shownAddress: `https://a-very-long-part-before-the-domain-${'x'.repeat(60)}.harbour.example/pilots`,
    },
    // How far it is scrolled depends on the system's fonts.
    { also: null },
  ),

  ...sadTabs,
  'sad-tab-again': fixture(
    'page',
    {
      ...ended({ kind: 'crashed', signal: 'SIGSEGV', repeated: true }),
      sharesProcessWith: [2],
      aftermath: { tabs: 1, longestGapMs: 112, usualGapMs: 55, heartbeatsLost: 2 },
    },
    { hasSnapshot: true },
  ),
  'not-loaded': failed({}),
  'not-loaded-no-name': failed({ code: -105, name: 'ERR_NAME_NOT_RESOLVED' }, { also: null }),
  'not-loaded-certificate': failed({ code: -202, name: 'ERR_CERT_AUTHORITY_INVALID' }, { also: null }),
  'not-loaded-form': failed({ form: 'kept', code: -400, name: 'ERR_CACHE_MISS' }),
  'not-loaded-form-lost': failed({ form: 'lost' }),

  hang: fixture('dialog', { responsive: false, hang }),
  'hang-stopped': fixture('dialog', {
    responsive: false,
    sharesProcessWith: [2],
    hang: { ...hang, stopped: true, tabs: [1, 2], stack: 'at sortPilots (pilots.js:120)\nat pilots.js:88' },
  }),
  'dialog-alert': dialog(question({ kind: 'alert', message: 'The ferry leaves in ten minutes.' })),
  'dialog-confirm': dialog(question()),
  'dialog-prompt': dialog(
    question({ kind: 'prompt', text: '부산', embedded: true, number: 2, message: 'Which port?' }),
  ),
  'dialog-leave': dialog({ id: 1, kind: 'leave' }),
  'dialog-sign-in': dialog(
    {
      id: 1,
      kind: 'sign-in',
      host: 'harbour.example:8443',
      realm: 'Pilots',
      isProxy: false,
      insecure: true,
      again: true,
    },
    { also: ['ko-dark', 'narrow'] },
  ),
  'dialog-sign-in-proxy': dialog({
    ...{ id: 1, kind: 'sign-in', host: 'proxy.example', realm: '' },
    ...{ isProxy: true, insecure: false, again: false },
  }),
  'dialog-resend': fixture('dialog', { asksToResend: true }),
  'dialog-close-window': fixture('dialog', {}, { window: { closing: { tabs: [1, 2], downloads: 1 } } }),

  bars: fixture(
    'bars',
    {
      cutOff: true,
      slowsBrowser: true,
      refused: { what: 'link', scheme: 'mailto' },
      deadFrames: [
        { origin: 'https://map.example', pid: 4750 },
        { origin: 'https://tides.example', pid: 4751 },
      ],
      blockedPopups: {
        ...{ count: 3, site: 'https://harbour.example', tooMany: false },
        addresses: ['https://offers.example/today', 'https://harbour.example/newsletter?from=pilots', 'about:blank'],
      },
    },
    {
      also: ['narrow'],
      downloads: { questions: [{ tab: 1, site: 'harbour.example', files: 4 }] },
      act: () => element('header [role=status] [aria-expanded]').click(),
    },
  ),
  'bars-held-tabs': fixture(
    'bars',
    { refused: { what: 'source' } },
    {
      window: {
        session: { restored: { tabs: 12, damaged: false, held: 'ended-early' }, unsaved: null, reopenable: true },
      },
    },
  ),
  'bar-full-screen': fixture('bars', { fullScreen: true, leaveHint: 'full-screen' }, { also: null }),
  'bar-pointer-lock': fixture('bars', { leaveHint: 'pointer-lock' }),
  'refused-address': fixture(
    'header',
    {},
    {
      refusal: { why: 'password', scheme: null },
      async act() {
        const field = type('http://files:secret@[harbour');
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        await until(() => document.querySelector('[role=alert]'));
      },
    },
  ),
  suggestions: fixture(
    'popover',
    {},
    {
      also: ['narrow'],
      async act() {
        type('ha');
        await until(() => document.querySelector('[role=option]'));
      },
    },
  ),

  'process-card': fixture(
    'popover',
    { sharesProcessWith: [2] },
    { also: ['ko-dark'], act: () => element('.toolbar [popovertarget]').click(), figures: figures() },
  ),
  'break-menu': fixture(
    'popover',
    {},
    {
      also: ['ko-dark', 'narrow'],
      async act() {
        element('[aria-haspopup=menu]').click();
        await until(() => document.querySelector('[data-fault]'));
      },
    },
  ),
  'tab-menu': fixture(
    'popover',
    {},
    {
      act: () => void element('[data-tab-id="1"]').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true })),
    },
  ),
  downloads: fixture(
    'popover',
    {},
    {
      act: () => element('.toolbar > [popovertarget]').click(),
      downloads: {
        downloads: [
          download({ id: 6 }),
          download({ id: 5, state: 'waiting', name: 'pilots.csv', receivedBytes: 0, bytesPerSecond: 0 }),
          download({ id: 4, state: 'done', name: '도선사-명단-2026.xlsx', receivedBytes: 8_100_000 }),
          download({ id: 3, state: 'failed', name: 'chart.tiff', problem: 'disk-full', canRetry: true }),
          download({ id: 2, state: 'failed', name: 'archive.zip', problem: 'network', canRetry: true }),
          download({
            id: 1,
            state: 'cancelled',
            name: 'a-file-with-a-very-long-name-that-does-not-fit-into-the-list.bin',
          }),
        ],
      },
    },
  ),

  status: fixture('status', {}),
  'status-figures': fixture(
    'status',
    {},
    { window: { showsPluginFigures: true }, figures: figures(), also: ['ko-dark', 'narrow'] },
  ),
  'status-near-limit': fixture(
    'status',
    {
      memory: { usedKiB: 1900 * 1024, limitKiB: 2048 * 1024, nearLimit: true },
    },
    { also: ['narrow'] },
  ),
  'status-plugin-stopped': fixture(
    'status',
    {},
    {
      window: {
        plugins: [
          plugin({ pid: null, status: 'stopped', restarts: 3, lastEnd: end({ kind: 'crashed', signal: 'SIGSEGV' }) }),
        ],
      },
    },
  ),
  'status-not-confined': fixture(
    'status',
    {},
    {
      window: {
        plugins: [
          plugin({
            confinement: null,
            refusedCalls: { total: 12, calls: [{ name: 'openat', count: 12 }] },
          }),
        ],
        runtime: { bulkhead: '0.1.0', electron: '33.2.1', chromium: '130.0.6723.137', node: '20.18.1' },
      },
    },
  ),

  'notices-processes': notices(
    [
      { victim: 'gpu', how: 'crashed', signal: 'SIGSEGV' },
      {
        victim: 'network',
        how: 'killed',
        signal: 'SIGKILL',
        outcome: 'waiting',
        newPid: null,
        downMs: null,
        longestGapMs: null,
      },
      { victim: 'plugin', name: 'frame-stats', how: 'hung', outcome: 'given-up' },
      { victim: 'zygote', how: 'exited', exitCode: 1, outcome: 'gone', downMs: null, longestGapMs: null },
      { victim: 'watchdog', how: 'stopped', outcome: 'continued', downMs: 1800 },
      { victim: 'browser', how: null, outcome: 'continued', downMs: 6400 },
      { victim: 'shell', how: 'crashed', signal: 'SIGSEGV', downMs: 340 },
    ],
    { also: ['ko-dark'] },
  ),
  'notices-missing': notices([
    { victim: 'watchdog', why: 'processes', ...missing },
    { victim: 'process-guard', why: 'descriptors', ...missing },
    { victim: 'shared-memory', why: 'memory', ...missing },
    { victim: 'network-sandbox', ...missing, offer: 'sandbox' },
    { victim: 'network-sandbox', ...missing, outcome: 'given-up', offer: 'no-sandbox' },
  ]),
  'notices-profile': notices(
    [
      ...profilePart.options.map(
        (name): Partial<Notice> => ({
          ...{ victim: 'profile', name, outcome: 'unread', why: 'damaged', offer: 'show-file' },
          ...{ pid: null, newPid: null, downMs: null, longestGapMs: null },
        }),
      ),
      {
        ...{ victim: 'profile', name: 'session', outcome: 'readable', offer: 'open-tabs' },
        ...{ pid: null, newPid: null, downMs: null, longestGapMs: null },
      },
      {
        ...{ victim: 'profile', name: 'history', outcome: 'unwritten', why: 'disk-full' },
        ...{ pid: null, newPid: null, downMs: null, longestGapMs: null },
      },
    ],
    { also: null },
  ),
  'notice-restored': fixture(
    'status',
    {},
    {
      also: ['narrow'],
      window: {
        session: {
          restored: { tabs: 3, damaged: false, held: null },
          unsaved: 'ENOSPC: no space left',
          reopenable: true,
        },
      },
    },
  ),
};
