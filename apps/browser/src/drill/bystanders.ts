import { type Fault, rowOf, type VictimKind } from '@bulkhead/contracts';
import type { PageReading } from './drill-pages.ts';
import type { DrillTarget } from './drill-target.ts';
import type { Witness } from './witness.ts';

type Before = { witness: Witness; pid: number | null; page: PageReading };

/** All tabs and processes except the victim of one fault, as they were before it. */
export class Bystanders {
  readonly #target: DrillTarget;
  readonly #tabs: readonly Before[];
  readonly #others: ReadonlyMap<VictimKind, number | undefined>;

  private constructor(
    target: DrillTarget,
    tabs: readonly Before[],
    others: ReadonlyMap<VictimKind, number | undefined>,
  ) {
    this.#target = target;
    this.#tabs = tabs;
    this.#others = others;
  }

  /** Reads the present state. Leaves out the victim: the tab `victim`, or the process that the fault breaks. */
  static async of(
    target: DrillTarget,
    witnesses: readonly Witness[],
    fault: Fault,
    victim: Witness,
  ): Promise<Bystanders> {
    const kind = rowOf(fault).victim;
    const tabs = await Promise.all(
      witnesses
        .filter((each) => kind !== 'tab' || each !== victim)
        .map(async (witness) => ({ witness, pid: witness.tab.pid, page: await readingOf(witness) })),
    );
    const others = await pidsOf(target);
    others.delete(kind);
    return new Bystanders(target, tabs, others);
  }

  /** Rejects with the reason if one of them has lost its process, its state or a message of another one. */
  async check(): Promise<void> {
    const tokens = new Set(this.#tabs.map(({ page }) => page.token));
    await Promise.all(this.#tabs.map((before) => checkTab(before, tokens)));
    const now = await pidsOf(this.#target);
    for (const [kind, pid] of this.#others) {
      if (pid !== now.get(kind)) throw new Error(`the process of the ${kind} changed from ${pid} to ${now.get(kind)}`);
    }
  }
}

async function checkTab({ witness, pid, page }: Before, tokens: ReadonlySet<string>): Promise<void> {
  const { tab } = witness;
  if (tab.pid !== pid || tab.ended) throw new Error(`tab ${tab.id} lost its process`);
  const now = await readingOf(witness);
  if (now.token !== page.token || now.counter < page.counter || !witness.wrote(now.text)) {
    throw new Error(`tab ${tab.id} lost its state: it was ${JSON.stringify(page)} and is ${JSON.stringify(now)}`);
  }
  for (const [token, { lost }] of Object.entries(now.heard)) {
    if (lost > 0 && tokens.has(token)) throw new Error(`tab ${tab.id} lost ${lost} messages of another tab`);
  }
}

async function readingOf(witness: Witness): Promise<PageReading> {
  const reading = await witness.read();
  if (!reading) throw new Error(`tab ${witness.tab.id} does not answer`);
  return reading;
}

async function pidsOf({ plugin, shell, services }: DrillTarget): Promise<Map<VictimKind, number | undefined>> {
  return new Map<VictimKind, number | undefined>([
    ['plugin', plugin.pid ?? undefined],
    ['shell', shell.pid ?? undefined],
    ['gpu', await services.find('gpu')],
    ['network', await services.find('network')],
  ]);
}
