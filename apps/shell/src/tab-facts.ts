import type { DrawnTab } from './open-tabs.svelte.ts';
import { format, t } from './strings.ts';

/** Returns the facts about a tab besides its title, for its description. */
export function tabFacts(tab: DrawnTab): string[] {
  const { ended, hang, debugged, memory, deadFrames, sharesProcessWith } = tab;
  const waits = tab.dialog !== null || tab.printing;
  const pid = ended ? ended.pid : tab.pid;
  const limits = memory && {
    used: format.bytes(memory.usedKiB * 1024),
    limit: format.bytes(memory.limitKiB * 1024),
  };
  const facts = [
    tab.shownAddress.slice(0, 200),
    ended && t('tabEnded'),
    hang?.stopped && t('tabStopped'),
    !ended && !hang?.stopped && !debugged && !waits && (hang !== null || !tab.responsive) && t('tabUnresponsive'),
    !ended && debugged && t('tabDebugged'),
    waits && t('tabDialog'),
    memory?.nearLimit && limits && t('tabNearLimit', limits),
    deadFrames.length > 0 && t('tabDeadFrames', { count: deadFrames.length }),
    tab.loading && t('tabLoading'),
    pid === null && !tab.loading && !ended && !tab.failed && t('tabNotLoaded'),
    pid !== null && t('tabProcess', { pid }),
    sharesProcessWith.length > 0 && t('tabShares', { count: sharesProcessWith.length }),
  ];
  return facts.filter((fact): fact is string => typeof fact === 'string' && fact !== '');
}
