import { O_RDWR, PROT_READ } from '@bulkhead/shared-memory/posix';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { shownCalls } from '../memory-figure.ts';
import type { dataFormat } from './lesson.ts';

const SIZE = 4096;

export const program: Program<typeof dataFormat> = async (actor) => {
  const posix = shownCalls(actor, 16);
  const fd = posix.open(v.parse(v.string(), await actor.told('object')), O_RDWR);
  const ptr = posix.mmap(SIZE, PROT_READ, fd);
  const { buffer, byteOffset } = ptr;
  const load = (text: string, work: () => number | undefined) => actor.call(text, work, 'work') ?? Number.NaN;
  // ---
  await actor.step('int');
  const asInt = load('*(int *)ptr', () => new Int32Array(buffer, byteOffset, 1)[0]);
  await actor.step('float');
  const asFloat = load('*(float *)ptr', () => new Float32Array(buffer, byteOffset, 1)[0]);
  await actor.step('text');
  const asText = posix.puts(ptr);
  // ---
  const bytes = Array.from(ptr.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  // A float may be NaN, so it is told as text.
  return { int: String(asInt), float: String(asFloat), text: JSON.stringify(asText), bytes };
};
