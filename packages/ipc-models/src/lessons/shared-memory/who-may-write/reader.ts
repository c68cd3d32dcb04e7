import { O_RDWR, PROT_READ, PROT_WRITE } from '@bulkhead/shared-memory/posix';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { shownCalls } from '../memory-figure.ts';
import { refusal } from '../posix-calls.ts';
import type { whoMayWrite } from './lesson.ts';

const SIZE = 4096;

export const program: Program<typeof whoMayWrite> = async (actor) => {
  const posix = shownCalls(actor, 32);
  const path = v.parse(v.string(), await actor.told('object'));
  const waitFor = (what: string) => actor.call(`wait for "${what}"`, () => actor.told(what), 'wait');
  const found: Record<string, string> = {};
  // ---
  await actor.step('open');
  const fd = posix.open(path, O_RDWR);
  await actor.step('map-write');
  found.mapped = refusal(() => posix.mmap(SIZE, PROT_READ | PROT_WRITE, fd)) ?? '';
  await actor.step('map-read');
  const ptr = posix.mmap(SIZE, PROT_READ, fd);
  await actor.step('protect');
  found.protected = refusal(() => posix.mprotect(ptr, PROT_READ | PROT_WRITE)) ?? '';
  actor.tell('attached', true);
  await waitFor('more');
  await actor.step('read');
  found.read = posix.puts(ptr);
  await say({ ...found });
  await actor.step('store');
  posix.strcpy(ptr, 'Written by the reader');
  // ---
  return { survived: true };

  /** Sends the findings now, because the next store may end this process. */
  async function say(values: Record<string, string>): Promise<void> {
    actor.tell('found', values);
    actor.note('storing');
    await actor.flush();
    await actor.told('heard');
  }
};
