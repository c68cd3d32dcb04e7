import type { Notice, ProfilePart, WindowState } from '@bulkhead/contracts';
import { howText } from './how-words.ts';
import { format, t } from './strings.ts';

function victimText({ victim, name }: Notice): string {
  switch (victim) {
    case 'browser':
      return 'Bulkhead';
    case 'plugin':
      return name;
    case 'gpu':
      return t('victimGpu');
    case 'network':
    case 'network-sandbox':
      return t('victimNetwork');
    case 'zygote':
      return t('victimZygote');
    case 'shell':
      return t('victimShell');
    case 'utility':
      return name || t('victimUtility');
    case 'watchdog':
      return t('victimWatchdog');
    case 'process-guard':
      return t('victimProcessGuard');
    case 'shared-memory':
      return t('victimSharedMemory');
    case 'profile':
      return t(isPart(name) ? parts[name] : 'partOther');
  }
}

const reasons = {
  descriptors: 'whyDescriptors',
  processes: 'whyProcesses',
  memory: 'whyMemory',
  other: 'whyOther',
  'disk-full': 'whyDiskFull',
  refused: 'whyRefused',
  'no-file': 'whyNoFile',
  'too-large': 'whyTooLarge',
  damaged: 'whyDamaged',
} as const;

const parts = {
  session: 'partSession',
  settings: 'partSettings',
  'popup-sites': 'partPopupSites',
  history: 'partHistory',
  'crash-reports': 'partCrashReports',
  'matrix-runs': 'partMatrixRuns',
  'run-marker': 'partRunMarker',
  log: 'partLog',
  chromium: 'partChromium',
} as const satisfies Record<ProfilePart, unknown>;
const isPart = (name: string): name is ProfilePart => Object.hasOwn(parts, name);

/** Returns what the app runs without, why, and what that means for the user. */
function missingText({ victim, why }: Notice): string {
  const reason = t(reasons[why ?? 'other']);
  if (victim === 'watchdog') return t('missingWatchdog', { reason });
  if (victim === 'process-guard') return t('missingProcessGuard', { reason });
  return t('missingSharedMemory', { reason });
}

const sandboxTexts: Partial<Record<Notice['outcome'], 'sandboxBack' | 'sandboxCrashes' | 'sandboxGone'>> = {
  back: 'sandboxBack',
  'given-up': 'sandboxCrashes',
  gone: 'sandboxGone',
};

/** Returns the label of a notice's action. */
export function offerText(offer: NonNullable<Notice['offer']>, outcome: Notice['outcome']): string {
  if (offer === 'show-file') return t('showFile');
  if (offer === 'open-tabs') return t('offerTabs');
  if (offer === 'no-sandbox') return t('offerNoSandbox');
  return outcome === 'missing' ? t('offerSandbox') : t('offerKeepSandbox');
}

function happenedText(notice: Notice): string {
  if (notice.victim === 'network-sandbox') return t(sandboxTexts[notice.outcome] ?? 'sandboxMissing');
  if (notice.outcome === 'missing') return missingText(notice);
  const victim = victimText(notice);
  const reason = t(reasons[notice.why ?? 'other']);
  if (notice.outcome === 'unread') return t('noticeUnread', { what: victim, reason });
  if (notice.outcome === 'readable') return t('noticeReadable', { what: victim });
  if (notice.outcome === 'unwritten') return t('noticeUnwritten', { what: victim, reason });
  if (notice.outcome === 'continued') {
    const text = notice.victim === 'browser' ? 'noticeStoodStill' : 'noticeContinued';
    return t(text, { victim, time: format.milliseconds(notice.downMs ?? 0) });
  }
  const how = howText(notice.how ?? 'exited', notice.signal, notice.exitCode);
  switch (notice.outcome) {
    case 'back':
      return notice.newPid === null
        ? t('noticeWaiting', { victim, how })
        : t('noticeBack', { victim, how, pid: notice.newPid });
    case 'waiting':
      return t('noticeWaiting', { victim, how });
    case 'given-up':
      return t('noticeGivenUp', { victim });
    case 'gone':
      return t('noticeGone', { victim, how });
  }
}

/** Returns the text of a notice: what happened, and the cost. */
export function noticeText(notice: Notice): string {
  const { downMs, longestGapMs } = notice;
  return [
    happenedText(notice),
    downMs !== null && notice.outcome !== 'continued' && t('noticeDown', { time: format.milliseconds(downMs) }),
    longestGapMs !== null && t('noticeGap', { gap: format.milliseconds(longestGapMs) }),
  ]
    .filter(Boolean)
    .join(' ');
}

export function restoredText({ tabs, damaged }: NonNullable<WindowState['session']['restored']>): string {
  if (!damaged) return t('restored', { count: tabs });
  return t('restoredDamaged', { count: tabs });
}
