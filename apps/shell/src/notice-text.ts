import type { Notice } from './notices.ts';
import { t } from './strings.ts';

export function noticeText({ plugin, signal, ...what }: Notice): string {
  switch (what.event) {
    case 'stopped':
      return t('noticeStopped', { plugin });
    case 'ended':
      return signal === null ? t('noticeEnded', { plugin }) : t('noticeEndedSignal', { plugin, signal });
    case 'back':
      return signal === null
        ? t('noticeBack', { plugin, pid: what.pid })
        : t('noticeBackSignal', { plugin, signal, pid: what.pid });
  }
}
