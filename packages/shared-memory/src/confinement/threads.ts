import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/** The threads of this process, held open so that their state can be read after files are gone. */
export class Threads {
  readonly #descriptors = new Map<string, number>();

  constructor() {
    for (const thread of readdirSync('/proc/self/task')) {
      try {
        this.#descriptors.set(thread, openSync(`/proc/self/task/${thread}/status`, 'r'));
      } catch {
        // It has ended.
      }
    }
  }

  get descriptors(): ReadonlySet<number> {
    return new Set(this.#descriptors.values());
  }

  /** How many there are still, and how many of them have a filter on their system calls. Lets go of all. */
  read(): { threads: number; filtered: number } {
    let [threads, filtered] = [0, 0];
    const text = Buffer.alloc(8192);
    for (const descriptor of this.#descriptors.values()) {
      try {
        const status = text.toString('latin1', 0, readSync(descriptor, text, 0, text.length, null));
        threads++;
        if (/^Seccomp:\s*2$/m.test(status)) filtered++;
      } catch {
        // It has ended since.
      } finally {
        closeSync(descriptor);
      }
    }
    return { threads, filtered };
  }
}
