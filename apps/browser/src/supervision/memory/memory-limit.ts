import { totalmem } from 'node:os';
import type { Settings } from '../../storage/settings/settings.ts';

/** Asked once: each look at each tab needs it. */
const machineKiB = totalmem() / 1024;

/** A quarter of the machine's memory, KiB. */
export const defaultMemoryLimitKiB = () => Math.floor(machineKiB / 4);

/** How much memory one tab may use: a person's choice, or a quarter of the machine's. */
export class MemoryLimit {
  readonly #settings: Pick<Settings, 'chosen'>;
  #lentKiB: number | null = null;

  constructor(settings: Pick<Settings, 'chosen'>) {
    this.#settings = settings;
  }

  get kiB(): number {
    return this.#lentKiB ?? this.#settings.chosen.memoryLimitKiB ?? defaultMemoryLimitKiB();
  }

  /** Another limit for a while, whatever a person chose; null puts theirs back. */
  lend(kiB: number | null): void {
    this.#lentKiB = kiB;
  }
}
