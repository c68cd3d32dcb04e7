import type { Cast } from '../../lab/index.ts';

/** Passes values that one process tells under these names on to the other, until one of them ends. */
export function relay(from: Cast, to: Cast, ...names: readonly string[]): void {
  for (const name of names) {
    const pass = async () => {
      for (;;) to.tell(name, await from.told(name));
    };
    pass().catch(() => undefined);
  }
}
