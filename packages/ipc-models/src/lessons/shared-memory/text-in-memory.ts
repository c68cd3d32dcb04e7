import type { Actor } from '../../lab/index.ts';

/** Stores a text at the beginning of memory, with the zero at its end that C has there. */
export function storeText(actor: Actor, memory: Uint8Array, text: string): void {
  actor.call(`strcpy(ptr, ${JSON.stringify(text)})`, () => memory.set(new TextEncoder().encode(`${text}\0`)), 'work');
}

/** Reads the text at the beginning of memory. */
export function loadText(actor: Actor, memory: Uint8Array): string {
  return actor.call(
    'puts(ptr)',
    () => {
      const end = memory.indexOf(0);
      // A decoder takes no shared memory: it could change under it.
      return new TextDecoder().decode(new Uint8Array(memory.subarray(0, end < 0 ? memory.length : end)));
    },
    'work',
  );
}
