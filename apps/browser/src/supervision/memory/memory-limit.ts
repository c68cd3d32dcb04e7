import { totalmem } from 'node:os';
import type { Settings } from '../../storage/settings/settings.ts';

/** Read once, because each look at each tab needs it. */
const machineKiB = totalmem() / 1024;

/** A quarter of the machine's memory, KiB. */
export const defaultMemoryLimitKiB = () => Math.floor(machineKiB / 4);

/** Memory limit of one tab: the user's setting, or a quarter of the machine's memory. */
export class MemoryLimit {
  readonly #settings: Pick<Settings, 'chosen'>;
  #lentKiB: number | null = null;

  constructor(settings: Pick<Settings, 'chosen'>) {
    this.#settings = settings;
  }

  get kiB(): number {
    return this.#lentKiB ?? this.#settings.chosen.memoryLimitKiB ?? defaultMemoryLimitKiB();
  }

  /** Sets another limit temporarily. Null restores the user's setting. */
  lend(kiB: number | null): void {
    this.#lentKiB = kiB;
  }
}
