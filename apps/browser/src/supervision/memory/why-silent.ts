import { setTimeout as sleep } from 'node:timers/promises';

interface Silent {
  /** Memory of the process, KiB; null when it has ended. */
  readUsedKiB(): Promise<number | null>;
  limitKiB(): number;
  /** It has not answered meanwhile. */
  isSilent(): boolean;
  /** Time between two measurements, ms. */
  measureEveryMs?: number;
}

const defaultMeasureEveryMs = 250;
/** Growth from one measurement to the next that is no chance, KiB. */
const growthKiB = 1024;
/** So many measurements in a row without growth: it does not run out of memory any more. */
const mostWithoutGrowth = 4;
/** So many in all: a machine under full load lets a process grow slowly. */
const mostMeasurements = 40;

/**
 * Says why a process does not answer. One that runs out of memory often stops answering first, on a busy machine long
 * before it is above its limit. Undefined: it answers again, or it has gone.
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
