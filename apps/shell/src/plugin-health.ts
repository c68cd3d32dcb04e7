import type { PluginState, TabFrameStatistics } from '@bulkhead/contracts';
import { format, t } from './strings.ts';

/** Returns the health of a plugin's process: a colour and a word. */
export function pluginHealth({ status, responsive, confinement }: PluginState): {
  status: 'well' | 'warning' | 'fault';
  word: string;
} {
  switch (status) {
    case 'running':
      if (!responsive) return { status: 'warning', word: t('notAnswering') };
      return { status: confinement?.seccomp ? 'well' : 'warning', word: t('pluginRunning') };
    case 'starting':
      return { status: 'warning', word: t('pluginStarting') };
    case 'restarting':
      return { status: 'warning', word: t('pluginRestarting') };
    case 'stopped':
      return { status: 'fault', word: t('pluginStopped') };
  }
}

/** Returns whether the plugin's process is locked down, and a sentence about it. */
export function confinementWords(confinement: PluginState['confinement']): { confined: boolean; hint: string } {
  if (!confinement) return { confined: false, hint: t('notConfinedYet') };
  const { seccomp, allowedCalls, landlock, threads, missing } = confinement;
  if (!seccomp) return { confined: false, hint: t('notConfinedWhy', { missing }) };
  const hint = t('confinedHint', { calls: allowedCalls, threads, landlock });
  return { confined: true, hint: missing === '' ? hint : `${hint} ${t('confinedButMissing', { missing })}` };
}

/** Returns the number of refused calls, and a sentence that names them; undefined if there were none or no count. */
export function refusedWords(refused: PluginState['refusedCalls']): { count: string; hint: string } | undefined {
  if (!refused || refused.total === 0) return undefined;
  const named = refused.calls.map(({ name, count }) => `${name} (${format.count(count)})`);
  const isAll = refused.calls.reduce((sum, { count }) => sum + count, 0) === refused.total;
  const calls = [...named, ...(isAll ? [] : [t('refusedMore')])].join(', ');
  return { count: t('refusedCalls', { count: refused.total }), hint: t('refusedHint', { calls }) };
}

/** Returns the plugin's findings on a tab's frames as text; the colour as CSS. */
export function frameWords({ statistics, framesPerSecond, frameBytes, copied, portBytes }: TabFrameStatistics) {
  const { red, green, blue } = statistics.averageColour;
  return {
    colour: `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})`,
    changed: format.share(statistics.changed),
    framesPerSecond: format.count(framesPerSecond),
    dropped: format.count(statistics.dropped),
    pixels: format.bytes(frameBytes),
    copied,
    port: format.bytes(portBytes),
  };
}
