import { closeSync, openSync, readSync } from 'node:fs';
import { loadInt, mapPrivatePage, process_vm_readv, storeInt } from '@bulkhead/shared-memory/address-space';
import * as v from 'valibot';
import type { Actor, Program } from '../../../lab/index.ts';
import { agreeOnAddress, hexadecimal } from '../same-address.ts';
import type { addressSpace } from './lesson.ts';
import { showMemory } from './show-memory.ts';

export const program: Program<typeof addressSpace> = async (actor) => {
  const { readerValue } = actor.parameters;
  const address = await agreeOnAddress(actor);
  actor.call(`mmap(${hexadecimal(address)}, 4096, …, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)`, () =>
    mapPrivatePage(address),
  );
  const ownerPid = v.parse(v.number(), await actor.told('owner'));
  await actor.told('pointer');
  // ---
  await actor.step('store');
  actor.call(`variable = ${readerValue}`, () => storeInt(address, readerValue));
  await actor.step('read');
  const seen = actor.call(`*(int *) ${hexadecimal(address)}`, () => loadInt(address));
  // ---
  showMemory(actor, address);
  actor.tell('seen', seen);
  const before = reachInto(actor, ownerPid, address);
  actor.tell('reached', before);
  await actor.told('refused');
  return { after: reachInto(actor, ownerPid, address) };
};

/** Reads the other process's memory. Returns the value, or the name of the error. */
function reachInto(actor: Actor, pid: number, address: bigint): string {
  const attempts = [
    [`process_vm_readv(${pid}, ${hexadecimal(address)})`, () => process_vm_readv(pid, address)],
    [`pread(open("/proc/${pid}/mem"), ${hexadecimal(address)})`, () => readMemoryFile(pid, address)],
  ] as const;
  const results = attempts.map(([text, attempt]) => {
    try {
      return String(actor.call(text, attempt));
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  });
  return results.join(' / ');
}

function readMemoryFile(pid: number, address: bigint): number {
  const file = openSync(`/proc/${pid}/mem`, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(file, bytes, 0, bytes.length, address);
    return bytes.readInt32LE();
  } finally {
    closeSync(file);
  }
}
