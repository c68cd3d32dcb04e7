import type { ProcessEntry } from '@bulkhead/contracts';
import {
  BlocksIcon,
  CircleQuestionMarkIcon,
  CogIcon,
  DnaIcon,
  FlaskConicalIcon,
  GlobeIcon,
  GpuIcon,
  NetworkIcon,
  PanelTopIcon,
  ShipIcon,
} from '@bulkhead/ui/icons';
import type { t } from '../strings.ts';

type ProcessType = ProcessEntry['type'];

export const processIcons = {
  browser: ShipIcon,
  shell: PanelTopIcon,
  tab: GlobeIcon,
  plugin: BlocksIcon,
  lesson: FlaskConicalIcon,
  gpu: GpuIcon,
  network: NetworkIcon,
  zygote: DnaIcon,
  utility: CogIcon,
  other: CircleQuestionMarkIcon,
} satisfies Record<ProcessType, unknown>;

/** Key of the name of each type. */
export const processTypes = {
  browser: 'typeBrowser',
  shell: 'typeShell',
  tab: 'typeTab',
  plugin: 'typePlugin',
  lesson: 'typeLesson',
  gpu: 'typeGpu',
  network: 'typeNetwork',
  zygote: 'typeZygote',
  utility: 'typeUtility',
  other: 'typeOther',
} as const satisfies Record<ProcessType, Parameters<typeof t>[0]>;
