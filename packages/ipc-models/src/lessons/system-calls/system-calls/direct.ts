import type { LessonFigure } from '@bulkhead/contracts';
import { serve } from '@bulkhead/rpc';
import { newName } from '@bulkhead/shared-memory/posix';
import { mq_unlink, shm_unlink } from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { echo } from './echo-contract.ts';
import type { systemCalls } from './lesson.ts';
import { implementations, rows } from './tables.ts';

const result = v.object({
  trial: v.string(),
  ok: v.boolean(),
  descriptor: v.nullable(v.string()),
  text: v.string(),
});
type Results = ReadonlyMap<string, v.InferOutput<typeof result>>;

export const direct: Director<typeof systemCalls> = async (stage) => {
  const folder = await stage.folder();
  const caller = await stage.start('caller');
  const served = serve(
    echo,
    stage.channelTo('rpc', caller),
    { square: (value) => value * value },
    { heartbeat: false },
  );
  stage.onEnd(() => served.close());
  const names = rows.map(newName);
  stage.onEnd(() => removeAll(names));
  caller.tell('names', { folder, names });
  const running = caller.run();
  running.catch(() => undefined); // awaited below; a process may end before that
  const results = new Map<string, v.InferOutput<typeof result>>();
  while (results.size < rows.length + 1) {
    const each = v.parse(result, await caller.told('result'));
    results.set(each.trial, each);
    stage.figure('calls', callsFigure(results));
    stage.figure('implementations', implementationsFigure(results));
  }
  await running;
  const all = [...results.values()];
  const worked = all.filter(({ ok }) => ok).length;
  const descriptors = all.filter(({ descriptor }) => descriptor !== null);
  const addresses = all.filter(({ text }) => text.startsWith('0x'));
  const answer = descriptors.length > addresses.length ? 'descriptor' : addresses.length > 0 ? 'address' : 'name';
  return {
    answer,
    held: worked === rows.length + 1 && answer === 'descriptor',
    facts: { worked, rows: rows.length + 1, descriptors: descriptors.length, addresses: addresses.length },
  };
};

function callsFigure(results: Results): LessonFigure {
  return {
    kind: 'table',
    columns: ['column.category', 'column.unix', 'column.result', 'column.windows', 'column.mach', 'column.lesson'],
    rows: rows.map(({ trial, unix, windows, mach }) => {
      const lesson = trial === 'shm_open' || trial === 'mmap' ? 'shared-memory' : trial;
      return [`category.${trial}`, unix, results.get(trial)?.text ?? '…', windows, mach, lesson];
    }),
  };
}

function implementationsFigure(results: Results): LessonFigure {
  return {
    kind: 'table',
    columns: ['column.model', 'column.implementation', 'column.result'],
    rows: implementations.map(({ model, name, trial }) => [
      `model.${model}`,
      name,
      trial === null ? 'not-run' : (results.get(trial)?.text ?? '…'),
    ]),
  };
}

/** Removes names that are left if the process was ended before it could remove them. */
function removeAll(names: readonly string[]): void {
  for (const name of names) {
    for (const unlink of [mq_unlink, shm_unlink]) {
      try {
        unlink(name);
      } catch {
        // It was removed already, or never made.
      }
    }
  }
}
