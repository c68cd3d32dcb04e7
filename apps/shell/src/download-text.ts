import type { Download } from '@bulkhead/contracts';
import { format, t } from './strings.ts';

/** Returns the text on a download's progress or result. */
export function downloadText(download: Download): string {
  const { state, receivedBytes, totalBytes, bytesPerSecond, folder } = download;
  const received = format.bytes(receivedBytes);
  const speed = format.bytes(bytesPerSecond);
  switch (state) {
    case 'waiting':
      return t('downloadWaiting');
    case 'running':
      return totalBytes === null
        ? t('downloadProgressUnknown', { received, speed })
        : t('downloadProgress', { received, speed, total: format.bytes(totalBytes) });
    case 'done':
      return t('downloadDone', { size: received, folder });
    case 'cancelled':
      return t('downloadCancelled');
    case 'failed':
      return problemText(download);
  }
}

function problemText({ problem, folder }: Download): string {
  switch (problem) {
    case 'disk-full':
      return t('downloadDiskFull');
    case 'folder':
      return t('downloadNoFolder', { folder });
    case 'network':
      return t('downloadNetwork');
    case 'refused':
      return t('downloadRefused');
    default:
      return t('downloadServer');
  }
}
