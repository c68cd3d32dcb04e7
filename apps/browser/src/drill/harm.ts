import type { VictimKind, WitnessReading } from '@bulkhead/contracts';
import type { DrillTarget } from './drill-target.ts';

export type Processes = ReadonlyMap<VictimKind, number | undefined>;

/** Returns the PIDs of the parts of this browser, without the victim's. */
export async function processesBeside(
  { plugin, shell, services }: Pick<DrillTarget, 'plugin' | 'shell' | 'services'>,
  victim: VictimKind,
): Promise<Processes> {
  const all = new Map<VictimKind, number | undefined>([
    ['plugin', plugin.pid ?? undefined],
    ['shell', shell.pid ?? undefined],
    ['gpu', await services.find('gpu')],
    ['network', await services.find('network')],
  ]);
  all.delete(victim);
  return all;
}

/** Says which witness or part was harmed besides the victim; null if none was. */
export function harmOf(witnesses: readonly WitnessReading[], before: Processes, after: Processes): string | null {
  const hurt = witnesses.filter(
    ({ pidKept, stateKept, heartbeatsLost, messagesLost }) =>
      !pidKept || !stateKept || heartbeatsLost > 0 || messagesLost > 0,
  );
  if (hurt.length > 0) return `${hurt.length} of ${witnesses.length} witnesses were hurt`;
  for (const [kind, pid] of before) {
    // A part without a process before is only being started.
    if (pid === undefined || pid === after.get(kind)) continue;
    return `the process of the ${kind} changed from ${pid} to ${after.get(kind) ?? 'none'}`;
  }
  return null;
}
