import { PROT_READ, PROT_WRITE } from '@bulkhead/shared-memory/posix';
import type { Program } from '../../../lab/index.ts';
import { shownCalls } from '../memory-figure.ts';
import type { dataFormat } from './lesson.ts';

const SIZE = 4096;

export const program: Program<typeof dataFormat> = async (actor) => {
  const { value, writes } = actor.parameters;
  const posix = shownCalls(actor, 16);
  const fd = posix.memfd_create('data-format');
  posix.ftruncate(fd, SIZE);
  const ptr = posix.mmap(SIZE, PROT_READ | PROT_WRITE, fd);
  const { buffer, byteOffset } = ptr;
  const store = (text: string, work: () => void) => {
    actor.call(text, work, 'work');
    posix.onUse();
  };
  // ---
  if (writes === 'int') {
    await actor.step('int');
    store(`*(int *)ptr = ${value}`, () => new Int32Array(buffer, byteOffset, 1).fill(value));
  } else if (writes === 'float') {
    await actor.step('float');
    store(`*(float *)ptr = ${value}`, () => new Float32Array(buffer, byteOffset, 1).fill(value));
  } else {
    await actor.step('text');
    store(`sprintf(ptr, "%d", ${value})`, () => ptr.set(new TextEncoder().encode(`${value}\0`)));
  }
  // ---
  actor.tell('object', `/proc/${actor.pid}/fd/${fd}`);
  return { bytes: Array.from(ptr.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ') };
};
