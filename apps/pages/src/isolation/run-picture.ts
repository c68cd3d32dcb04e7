import type { MatrixRun } from '@bulkhead/contracts';
import { faultWords } from '@bulkhead/ui/fault-words';
import { format, language, t } from '../strings.ts';
import { figuresOf, scaleEnd } from './matrix-figures.ts';

const rowHeight = 26;
const nameWidth = 300;
const barWidth = 420;
const margin = 32;

/** Draws a run as a picture: the witnesses' longest gap during each fault, and the time until the fault was noticed. */
export function drawRun(run: MatrixRun): Promise<Blob | null> {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => resolveColour(style.getPropertyValue(token));
  const done = run.cells.filter(({ state }) => state === 'passed' || state === 'failed');
  const canvas = document.createElement('canvas');
  const scale = 2;
  const width = margin * 2 + nameWidth + barWidth + 220;
  const height = margin * 2 + 84 + done.length * rowHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.scale(scale, scale);
  context.fillStyle = colour('--raised');
  context.fillRect(0, 0, width, height);
  const write = (text: string, x: number, y: number, token: string, font: string) => {
    context.font = `${font} ${style.getPropertyValue('--font')}`;
    context.fillStyle = colour(token);
    context.fillText(text, x, y);
  };
  const { bulkhead, electron, chromium } = run.runtime;
  write(t('isolationTitle'), margin, margin + 20, '--text', '650 22px');
  const about = `${format.date(run.startedAt)} · Bulkhead ${bulkhead} · Electron ${electron} · Chromium ${chromium}`;
  write(about, margin, margin + 44, '--text-muted', '12px');
  write(t('columnGap'), margin + nameWidth, margin + 70, '--text-muted', '600 12px');
  write(t('columnNoticed'), margin + nameWidth + barWidth + 100, margin + 70, '--text-muted', '600 12px');
  const gaps = done.map(({ witnesses }) => figuresOf(witnesses)?.longestGapMs ?? 0);
  const usual = figuresOf(run.baseline)?.longestGapMs ?? 0;
  const end = scaleEnd([usual, ...gaps]);
  done.forEach((cell, index) => {
    const y = margin + 84 + index * rowHeight;
    write(
      faultWords(language, cell.fault).name,
      margin,
      y + 16,
      cell.state === 'failed' ? '--fault' : '--text',
      '13px',
    );
    context.fillStyle = colour('--field');
    context.fillRect(margin + nameWidth, y + 6, barWidth, 12);
    context.fillStyle = colour(cell.state === 'failed' ? '--fault' : '--accent');
    context.fillRect(margin + nameWidth, y + 6, ((gaps[index] ?? 0) / end) * barWidth, 12);
    context.fillStyle = colour('--text');
    context.fillRect(margin + nameWidth + (usual / end) * barWidth, y + 3, 2, 18);
    const gap = format.milliseconds(gaps[index] ?? 0);
    write(gap, margin + nameWidth + barWidth + 12, y + 16, '--text', '12px');
    const noticed = cell.noticedMs === null ? '—' : format.milliseconds(cell.noticedMs);
    write(noticed, margin + nameWidth + barWidth + 100, y + 16, '--text', '12px');
  });
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Returns the current colour of a design token, because a canvas supports neither tokens nor light-dark(). */
function resolveColour(value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
