import { existsSync, readdirSync } from 'node:fs';

/** Returns Bulkhead's names in shared memory whose process has ended. Another running Bulkhead has names too. */
export function namesOfTheDead(): string[] {
  return readdirSync('/dev/shm').filter((name) => {
    const maker = /bulkhead-(\d+)-/.exec(name)?.[1];
    return maker !== undefined && !existsSync(`/proc/${maker}`);
  });
}
