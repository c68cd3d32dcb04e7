import path from 'node:path';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { giveMemory } from '../common-memory.ts';
import { relay } from '../relay.ts';
import type { withoutTheKernel } from './lesson.ts';
import { wordCount } from './plan.ts';

const ways = ['memory', 'socket'] as const;
type Way = (typeof ways)[number];

const calls = v.record(v.string(), v.number());
const measured = v.strictObject({ times: v.number(), us: v.number(), readsAndWrites: v.number(), waits: v.number() });
const measurements = v.strictObject({ memory: measured, socket: measured });
const both = v.strictObject({ timed: measurements, watched: measurements });
const counted = v.strictObject({ memory: calls, socket: calls });

export const direct: Director<typeof withoutTheKernel> = async (stage) => {
  const { rounds } = stage.parameters;
  const start = (role: string) => stage.start(role);
  const casts = await Promise.all([start('asker'), start('answerer'), start('observer')]);
  const [asker, answerer, observer] = casts;
  await giveMemory(stage, 4 * wordCount, casts);
  relay(answerer, asker, 'socket');
  relay(asker, observer, 'watch');
  relay(observer, asker, 'watching');
  answerer.tell('path', path.join(await stage.folder(), 'socket'));
  asker.tell('observer', observer.pid);
  observer.tell('pid', asker.pid);
  const [, , { watched }] = await Promise.all([asker.run(), answerer.run(), observer.run()]);
  const counts = v.parse(counted, await observer.told('counts'));
  const found = v.parse(both, await asker.told('measured'));
  // If watching is not allowed, use the kernel's counts of reads, writes and waits. They are incomplete but sufficient.
  const callsOf = (way: Way) =>
    watched ? sum(counts[way]) : found.watched[way].readsAndWrites + found.watched[way].waits;
  const eachOf = (way: Way) => callsOf(way) / found.watched[way].times;
  const rows = ways.map((way) => [
    `way.${way}`,
    found.watched[way].times,
    callsOf(way),
    rounded(eachOf(way)),
    found.timed[way].waits,
    rounded(found.timed[way].us),
  ]);
  const columns = ['column.way', 'column.rounds', 'column.calls', 'column.each', 'column.waits', 'column.us'];
  stage.figure('cost', { kind: 'table', columns, rows });
  const callRows = ways.flatMap((way) =>
    Object.entries(counts[way]).map(([name, count]) => [`way.${way}`, name, count]),
  );
  const callColumns = ['column.way', 'column.call', 'column.calls'];
  stage.figure('calls', { kind: 'table', columns: callColumns, rows: callRows.slice(0, 40) });
  const each = eachOf('memory');
  const facts = {
    rounds,
    watched: watched === true,
    memoryRounds: found.watched.memory.times,
    memoryCalls: callsOf('memory'),
    memoryUs: rounded(found.timed.memory.us),
    memoryWaits: found.timed.memory.waits,
    socketRounds: found.watched.socket.times,
    socketCalls: callsOf('socket'),
    socketEach: rounded(eachOf('socket')),
    socketUs: rounded(found.timed.socket.us),
    socketWaits: found.timed.socket.waits,
  };
  const answer = each < seldom ? 'none' : each < 1.5 ? 'one' : 'more';
  // A spinning process runs its event loop now and then, which makes a few calls on a busy machine.
  return { answer, held: answer === 'none' && eachOf('socket') >= 2, facts };
};

/** Calls per exchange below which the exchange itself makes none. */
const seldom = 0.05;

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, each) => all + each, 0);
const rounded = (value: number) => Number(value.toPrecision(3));
