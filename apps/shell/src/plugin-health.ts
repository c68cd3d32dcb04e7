import type { PluginState, TabFrameStatistics } from '@bulkhead/contracts';
import { format, t } from './strings.ts';

/** How a plugin's process fares: a colour and a word. */
export function pluginHealth({ status, responsive }: PluginState): {
  status: 'well' | 'warning' | 'fault';
  word: string;
} {
  switch (status) {
    case 'running':
      return responsive ? { status: 'well', word: t('pluginRunning') } : { status: 'warning', word: t('notAnswering') };
    case 'starting':
      return { status: 'warning', word: t('pluginStarting') };
    case 'restarting':
      return { status: 'warning', word: t('pluginRestarting') };
    case 'stopped':
      return { status: 'fault', word: t('pluginStopped') };
  }
}

/** What the plugin made of a tab's frames, as text; the colour as CSS. */
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
