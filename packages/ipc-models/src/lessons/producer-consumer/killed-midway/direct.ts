import { setTimeout as sleep } from 'node:timers/promises';
import type { Director } from '../../../lab/index.ts';
import { giveMemory, wordsOf } from '../../shared-memory/common-memory.ts';
import { BufferMemory } from '../shared-buffer.ts';
import type { killedMidway } from './lesson.ts';
import { ledgerAt, wordCount } from './plan.ts';

/** Time between two checks whether the survivor waits, ms. */
const lookMs = 10;

export const direct: Director<typeof killedMidway> = async (stage) => {
  const { victim: role, at, n, items } = stage.parameters;
  const both = await Promise.all([stage.start('producer'), stage.start('consumer')]);
  const segment = await giveMemory(stage, 4 * wordCount(n, items), both);
  const memory = new BufferMemory(segment, n);
  const ledger = wordsOf(segment, ledgerAt(n), items + 1);
  const [victim, survivor] = role === 'producer' ? both : [both[1], both[0]];
  victim.run().catch(() => undefined); // it will be killed
  const surviving = survivor.run();
  surviving.catch(() => undefined); // awaited below
  await victim.told('here');
  victim.kill();
  const { how } = await victim.ended;
  stage.note('killed', { victim: victim.name, how, in: memory.in, out: memory.out });
  // The survivor continues as long as the buffer allows.
  const isWaiting = () => (role === 'producer' ? memory.in === memory.out : (memory.in + 1) % n === memory.out);
  const untilItWaits = async () => {
    while (!isWaiting()) {
      stage.signal.throwIfAborted();
      await sleep(lookMs);
    }
  };
  await Promise.race([untilItWaits(), surviving]);
  const left = { in: memory.in, out: memory.out, held: memory.held, waiting: isWaiting() };
  stage.figure('left', memory.figure());
  stage.note('waits', { survivor: survivor.name, ...left });
  const second = await stage.start(role, `${role} 2`);
  second.tell('memory', segment.descriptor());
  stage.note('restarted', { victim: second.name, pid: second.pid });
  await Promise.all([second.run(), surviving]);
  const times = Array.from(ledger.subarray(1));
  const lost = times.filter((each) => each === 0).length;
  const twice = times.filter((each) => each > 1).length;
  const lostItem = lost > 0 ? times.indexOf(0) + 1 : 0;
  const rows = times.flatMap((each, index) => (each === 1 ? [] : [[index + 1, each]]));
  stage.figure('ledger', { kind: 'table', columns: ['column.item', 'column.times'], rows: rows.slice(0, 200) });
  const facts = { victim: role, at, n, items, ...left, lost, lostItem, twice };
  // The consumer's current item is lost if it dies after it freed the slot and before it used the item.
  const inHand = role === 'consumer' && at === 'work' ? 1 : 0;
  const answer = twice > 0 ? 'twice' : lost > 0 ? 'lost' : 'once';
  return { answer, held: twice === 0 && lost === inHand, facts };
};
