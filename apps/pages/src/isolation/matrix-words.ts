import type { UnavailableReason, VictimKind } from '@bulkhead/contracts';
import type { t } from '../strings.ts';

type Key = Parameters<typeof t>[0];

/** Key of the name of each kind of victim. */
export const victimWords = {
  tab: 'typeTab',
  plugin: 'typePlugin',
  gpu: 'typeGpu',
  network: 'typeNetwork',
  zygote: 'typeZygote',
  shell: 'typeShell',
  browser: 'typeBrowser',
} as const satisfies Record<VictimKind, Key>;

/** Victims whose end also ends the app. A cell breaks them in a second app. */
export const endsTheProgram: ReadonlySet<VictimKind> = new Set<VictimKind>(['browser', 'zygote']);

export const unavailableWords = {
  'no-such-process': 'unavailableNoProcess',
  'no-signals': 'unavailableNoSignals',
  'no-shared-memory': 'unavailableNoMemory',
  'ends-the-program': 'unavailableEnds',
} as const satisfies Record<UnavailableReason, Key>;
