import type { TabFault } from '@bulkhead/contracts';

/** The faults of a tab as a person looks for them: by what becomes of the tab. */
export const faultGroups = [
  { title: 'faultsEnd', faults: ['tab-kill', 'tab-terminate', 'tab-segmentation-fault', 'tab-abort'] },
  {
    title: 'faultsHang',
    faults: [
      'tab-stop',
      'tab-endless-loop',
      'tab-endless-loop-in-worker',
      'tab-endless-loop-after-dialog',
      'tab-endless-alert',
    ],
  },
  {
    title: 'faultsMemory',
    faults: [
      'tab-exhaust-heap',
      'tab-exhaust-array-buffers',
      'tab-exhaust-elements',
      'tab-leak',
      'tab-stack-overflow',
      'tab-swarm-of-workers',
    ],
  },
  { title: 'faultsMessages', faults: ['tab-message-flood', 'tab-malformed-message', 'tab-closed-port'] },
  { title: 'faultsParts', faults: ['tab-dead-frame', 'tab-reload-loop'] },
] as const satisfies readonly { title: string; faults: readonly TabFault[] }[];
