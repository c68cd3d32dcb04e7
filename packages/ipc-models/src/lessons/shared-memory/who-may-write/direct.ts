import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { drawMemory } from '../memory-figure.ts';
import { relay } from '../relay.ts';
import type { whoMayWrite } from './lesson.ts';

/** Longest time from the failure of a process's program to the report of the process's end, ms. */
const endMs = 1000;

const findings = v.strictObject({ mapped: v.string(), protected: v.string(), read: v.string() });

export const direct: Director<typeof whoMayWrite> = async (stage) => {
  const { access } = stage.parameters;
  const [owner, reader] = await Promise.all([stage.start('owner'), stage.start('reader')]);
  const views = drawMemory(stage, [owner, reader]);
  relay(owner, reader, 'object', 'more');
  relay(reader, owner, 'attached');
  const owning = owner.run();
  owning.catch(() => undefined); // awaited below
  // The store ends the process, or it returns. An error of the program without an end is rethrown.
  const stored = reader.run().then(
    () => '',
    async (error: unknown) => {
      const end = await Promise.race([reader.ended, sleep(endMs)]);
      if (!end) throw error;
      return end.how;
    },
  );
  stored.catch(() => undefined); // awaited below
  const found = v.parse(findings, await reader.told('found'));
  reader.tell('heard', true);
  const end = await stored;
  owner.tell('tried', true);
  const { found: left } = await owning;
  const isRefused = found.mapped === 'EPERM' && found.protected !== '' && end !== '';
  const wasWritten = left === 'Written by the reader';
  const answer = wasWritten ? 'written' : isRefused ? 'refused' : 'ignored';
  const facts = {
    access,
    ...found,
    end,
    left: String(left),
    readerAccess: views.mapped(reader.name)?.access ?? 'none',
    ownerAccess: views.mapped(owner.name)?.access ?? 'none',
  };
  const isShared = found.read === 'The owner goes on writing';
  return { answer, held: isShared && answer === (access === 'read-only' ? 'refused' : 'written'), facts };
};
