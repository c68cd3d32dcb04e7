import { readdirSync } from 'node:fs';
import { loadInt, mapPrivatePage, storeInt } from '@bulkhead/shared-memory/address-space';
import type { Program } from '../../../lab/index.ts';
import { agreeOnAddress, hexadecimal } from '../same-address.ts';
import type { threadsShare } from './lesson.ts';
import { runThread } from './thread.ts';

export const program: Program<typeof threadsShare> = async (actor) => {
  const { firstValue, threadValue } = actor.parameters;
  const address = await agreeOnAddress(actor);
  mapPrivatePage(address);
  const read = () => actor.call(`variable (${hexadecimal(address)})`, () => loadInt(address));
  // ---
  await actor.step('store');
  actor.call(`variable = ${firstValue}`, () => storeInt(address, firstValue));
  await actor.step('thread');
  const thread = await actor.call('pthread_create(…)', () => runThread(address, threadValue));
  await actor.step('after-thread');
  const afterThread = read();
  // ---
  actor.note('thread', { threadId: thread.threadId, pid: thread.pid, seen: thread.seen, threadValue });
  actor.tell('thread', { ...thread, afterThread, threads: readdirSync('/proc/self/task').length });
  await actor.told('process done');
  // ---
  await actor.step('after-process');
  const afterProcess = read();
  // ---
  return { afterProcess };
};
