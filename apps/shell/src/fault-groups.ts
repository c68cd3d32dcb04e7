import { faultsOf, rowOf } from '@bulkhead/contracts';

const titles = {
  end: 'faultsEnd',
  hang: 'faultsHang',
  memory: 'faultsMemory',
  messages: 'faultsMessages',
  parts: 'faultsParts',
} as const;

/** Tab faults, grouped for the user by their effect on the tab. */
export const faultGroups = (Object.keys(titles) as (keyof typeof titles)[]).map((group) => ({
  title: titles[group],
  faults: faultsOf('tab').filter((fault) => rowOf(fault).group === group),
}));
