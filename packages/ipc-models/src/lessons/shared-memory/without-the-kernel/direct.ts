import path from 'node:path';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { giveMemory } from '../common-memory.ts';
import { relay } from '../relay.ts';
import type { withoutTheKernel } from './lesson.ts';
import { wordCount } from './plan.ts';

const calls = v.record(v.string(), v.number());
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
  const [found, , { watched }] = await Promise.all([asker.run(), answerer.run(), observer.run()]);
  const counts = v.parse(counted, await observer.told('counts'));
  const number = (name: string) => Number(found[name]);
  // Where nobody may watch: what the kernel counts of reading, writing and waiting is less than all, and still tells.
  const callsOf = (way: 'memory' | 'socket') =>
    watched ? sum(counts[way]) : number(`${way}ReadsAndWrites`) + number(`${way}Waits`);
  const [memoryCalls, socketCalls] = [callsOf('memory'), callsOf('socket')];
  const rows = (['memory', 'socket'] as const).map((way) => [
    `way.${way}`,
    callsOf(way),
    rounded(callsOf(way) / rounds),
    number(`${way}Waits`),
    rounded(number(`${way}Us`)),
  ]);
  const columns = ['column.way', 'column.calls', 'column.each', 'column.waits', 'column.us'];
  stage.figure('cost', { kind: 'table', columns, rows });
  const named = (way: 'memory' | 'socket') =>
    Object.entries(counts[way]).map(([name, count]) => [`way.${way}`, name, count]);
  stage.figure('calls', {
    kind: 'table',
    columns: ['column.way', 'column.call', 'column.calls'],
    rows: [...named('memory'), ...named('socket')].slice(0, 40),
  });
  const each = memoryCalls / rounds;
  const facts = {
    rounds,
    watched: watched === true,
    memoryCalls,
    socketCalls,
    socketEach: rounded(socketCalls / rounds),
    memoryUs: rounded(number('memoryUs')),
    socketUs: rounded(number('socketUs')),
    memoryWaits: number('memoryWaits'),
    socketWaits: number('socketWaits'),
  };
  const answer = each < seldom ? 'none' : each < 1.5 ? 'one' : 'more';
  // A spinning process lets itself be told something now and then: on a busy machine that is a call or two.
  return { answer, held: answer === 'none' && socketCalls / rounds >= 2, facts };
};

/** So few calls an exchange are none of the exchange. */
const seldom = 0.05;

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, each) => all + each, 0);
const rounded = (value: number) => Number(value.toPrecision(3));
