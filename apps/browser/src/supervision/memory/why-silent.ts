import { setTimeout as sleep } from 'node:timers/promises';

interface Silent {
  /** Memory of the process, KiB. Null when it has ended. */
  readUsedKiB(): Promise<number | null>;
  limitKiB(): number;
  /** True while it still has not answered. */
  isSilent(): boolean;
  /** Time between two measurements, ms. */
  measureEveryMs?: number;
}

const defaultMeasureEveryMs = 250;
/** Smallest growth between two measurements that counts, KiB. */
const growthKiB = 1024;
/** Number of measurements in a row without growth after which the process counts as no longer growing. */
const mostWithoutGrowth = 4;
/** Maximum number of measurements. On a machine under full load a process grows slowly. */
const mostMeasurements = 40;

/**
 * Says why a process does not answer. A process that runs out of memory often stops answering first, on a busy machine
 * long before it reaches its limit. Undefined when it answers again or is gone.
 */
export async function whySilent(silent: Silent): Promise<'out-of-memory' | 'unresponsive' | undefined> {
  let before = await silent.readUsedKiB();
  for (let measurement = 0, withoutGrowth = 0; measurement < mostMeasurements; measurement++) {
    if (before === null || !silent.isSilent()) return undefined;
    if (before > silent.limitKiB()) return 'out-of-memory';
    if (withoutGrowth >= mostWithoutGrowth) return 'unresponsive';
    await sleep(silent.measureEveryMs ?? defaultMeasureEveryMs);
    const now = await silent.readUsedKiB();
    withoutGrowth = now !== null && now - before >= growthKiB ? 0 : withoutGrowth + 1;
    before = now;
  }
  return silent.isSilent() ? 'unresponsive' : undefined;
}
