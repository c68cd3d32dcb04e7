import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/** The threads of this process. Keeps their status files open, because a confined process cannot open files. */
export class Threads {
  readonly #descriptors = new Map<string, number>();

  constructor() {
    for (const thread of readdirSync('/proc/self/task')) {
      try {
        this.#descriptors.set(thread, openSync(`/proc/self/task/${thread}/status`, 'r'));
      } catch {
        // The thread has ended.
      }
    }
  }

  get descriptors(): ReadonlySet<number> {
    return new Set(this.#descriptors.values());
  }

  /** Returns the number of threads that still run, and of those with a seccomp filter. Closes all status files. */
  read(): { threads: number; filtered: number } {
    let [threads, filtered] = [0, 0];
    const text = Buffer.alloc(8192);
    for (const descriptor of this.#descriptors.values()) {
      try {
        const status = text.toString('latin1', 0, readSync(descriptor, text, 0, text.length, null));
        threads++;
        if (/^Seccomp:\s*2$/m.test(status)) filtered++;
      } catch {
        // The thread has ended meanwhile.
      } finally {
        closeSync(descriptor);
      }
    }
    return { threads, filtered };
  }
}
