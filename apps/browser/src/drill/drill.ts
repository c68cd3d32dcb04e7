import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import { serveDrillPages } from './drill-pages.ts';
import { type DrillResult, type FaultReading, type SurvivorReading, survived } from './drill-result.ts';
import type { DrillTarget } from './drill-target.ts';
import { type Injury, injurePlugin, injureTab, recoverTab } from './faults.ts';
import { gapRatio } from './gaps.ts';
import { describeProcesses } from './processes-before.ts';
import { captureWindow } from './screenshot.ts';
import { observing, Witness } from './witness.ts';

const witnessCount = 5;
/** Least number of heartbeats of each observation, so that a short observation cannot look good. */
const beatsToObserve = 5;

interface TabFault {
  name: string;
  /** Index of the victim among the tabs. */
  victim: number;
  cause(target: DrillTarget, witness: Witness): (pid: number) => void;
}

const tabFaults: TabFault[] = [
  { name: 'SIGKILL', victim: 0, cause: () => (pid) => process.kill(pid, 'SIGKILL') },
  {
    name: 'crash from inside',
    victim: 1,
    cause:
      (_browser, { tab }) =>
      () =>
        tab.contents.forcefullyCrashRenderer(),
  },
  { name: 'SIGTERM', victim: 2, cause: () => (pid) => process.kill(pid, 'SIGTERM') },
];

/**
 * Opens tabs with state, breaks three of them one after the other and then the plugin, and measures the effect on the
 * others. Writes `result.json` and `screenshot.png` into `outputFolder`.
 */
export async function runDrill(target: DrillTarget, outputFolder: string): Promise<DrillResult> {
  await mkdir(outputFolder, { recursive: true });
  const pages = await serveDrillPages();
  try {
    const drill = new Drill(target, outputFolder);
    const result = await drill.run(pages.witness);
    await writeFile(path.join(outputFolder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
    return result;
  } finally {
    pages.close();
  }
}

class Drill {
  readonly #target: DrillTarget;
  readonly #outputFolder: string;
  #witnesses: Witness[] = [];

  constructor(target: DrillTarget, outputFolder: string) {
    this.#target = target;
    this.#outputFolder = outputFolder;
  }

  async run(address: (number: number) => string): Promise<DrillResult> {
    await this.#open(address);
    const processes = await describeProcesses(this.#target.sampler);
    const baseline = await this.#observing(undefined, async () => undefined);
    const faults: FaultReading[] = [];
    const unharmed = ({ survivors }: FaultReading) => survivors.length >= witnessCount - 1 && survivors.every(survived);
    const injuries = [...tabFaults.map((fault) => () => this.#injure(fault)), () => this.#injurePlugin()];
    for (const injure of injuries) {
      const injured = await injure();
      const fault = { ...injured, gapRatio: gapRatio(injured.survivors, baseline.survivors) };
      faults.push(fault);
      // If a survivor was harmed, the drill has failed, and the remaining faults would lack a witness.
      if (!unharmed(fault)) break;
    }
    return {
      ok: faults.every(unharmed),
      runtime: runtimeVersions(),
      processes,
      baseline: baseline.survivors,
      faults,
    };
  }

  async #open(address: (number: number) => string): Promise<void> {
    const { strip, framePath } = this.#target;
    for (let number = 1; number <= witnessCount; number++) {
      const witness = new Witness(strip.open(address(number)), beatsToObserve);
      await witness.prepare();
      this.#witnesses.push(witness);
    }
    await framePath.nextStatistics();
  }

  async #injure({ name, victim, cause }: TabFault): Promise<Omit<FaultReading, 'gapRatio'>> {
    const witness = this.#witnesses[victim];
    if (!witness) throw new Error(`there is no witness ${victim}`);
    // The shell draws a sad tab only for the active tab.
    this.#target.strip.activate(witness.tab);
    const { value: injury, survivors } = await this.#observing(witness, () =>
      injureTab(this.#target, witness.tab, cause(this.#target, witness)),
    );
    if (victim === 0) await captureWindow(this.#target.window.base, path.join(this.#outputFolder, 'screenshot.png'));
    const recoveredMs = await recoverTab(witness.tab);
    await witness.prepare();
    return reading(name, 'tab', injury, recoveredMs, survivors);
  }

  async #injurePlugin(): Promise<Omit<FaultReading, 'gapRatio'>> {
    const { value, survivors } = await this.#observing(undefined, async () => {
      const injury = await injurePlugin(this.#target);
      return { injury, recoveredMs: await injury.recovered };
    });
    return reading('plugin SIGKILL', 'plugin', value.injury, value.recoveredMs, survivors);
  }

  /** Watches every tab except the victim while `act` runs, and for some heartbeats after it. */
  async #observing<Value>(victim: Witness | undefined, act: () => Promise<Value>) {
    const others = this.#witnesses.filter((witness) => witness !== victim);
    return observing(others, act);
  }
}

function reading(
  fault: string,
  type: FaultReading['victim']['type'],
  { pid, detectedMs, shownMs }: Injury,
  recoveredMs: number,
  survivors: SurvivorReading[],
): Omit<FaultReading, 'gapRatio'> {
  return { fault, victim: { type, pid }, detectedMs, shownMs, recoveredMs, survivors };
}
