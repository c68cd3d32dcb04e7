import type { Cast } from '../../lab/index.ts';

/** Passes what one process tells under these names on to the other, in any order. It ends with either. */
export function relay(from: Cast, to: Cast, ...names: readonly string[]): void {
  for (const name of names) {
    const pass = async () => {
      for (;;) to.tell(name, await from.told(name));
    };
    pass().catch(() => undefined);
  }
}
