import type { Notice } from './notices.ts';
import { t } from './strings.ts';

export function noticeText({ plugin, end: { signal }, outcome }: Notice): string {
  switch (outcome.state) {
    case 'stopped':
      return t('noticeStopped', { plugin });
    case 'restarting':
      return signal === null ? t('noticeEnded', { plugin }) : t('noticeEndedSignal', { plugin, signal });
    case 'back':
      return signal === null
        ? t('noticeBack', { plugin, pid: outcome.pid })
        : t('noticeBackSignal', { plugin, signal, pid: outcome.pid });
  }
}
