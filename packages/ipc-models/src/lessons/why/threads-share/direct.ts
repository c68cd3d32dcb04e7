import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { chooseAddress, hexadecimal } from '../same-address.ts';
import type { threadsShare } from './lesson.ts';

const toldOfThread = v.object({
  seen: v.number(),
  pid: v.number(),
  threadId: v.number(),
  afterThread: v.number(),
  threads: v.number(),
});

export const direct: Director<typeof threadsShare> = async (stage) => {
  const { firstValue, threadValue, processValue } = stage.parameters;
  const [main, process] = await Promise.all([stage.start('main'), stage.start('process')]);
  const [running, runningOther] = [main.run(), process.run()];
  for (const each of [running, runningOther]) each.catch(() => undefined); // awaited below
  const address = await chooseAddress([main, process]);
  const thread = v.parse(toldOfThread, await main.told('thread'));
  process.tell('go', true);
  const other = await runningOther;
  main.tell('process done', true);
  const { afterProcess } = await running;

  const facts = {
    address: hexadecimal(address),
    pid: main.pid,
    threadPid: thread.pid,
    threads: thread.threads,
    firstValue,
    threadSaw: thread.seen,
    afterThread: thread.afterThread,
    processSaw: Number(other.seen),
    afterProcess: Number(afterProcess),
  };
  stage.figure('writers', {
    kind: 'table',
    columns: ['column.who', 'column.pid', 'column.thread', 'column.seen', 'column.stored', 'column.found'],
    // As texts, because none of these is a quantity.
    rows: [
      ['who.thread', thread.pid, thread.threadId, thread.seen, threadValue, thread.afterThread].map(String),
      ['who.process', process.pid, process.pid, facts.processSaw, processValue, facts.afterProcess].map(String),
    ],
  });
  const isThreadSeen = thread.afterThread === threadValue;
  const isProcessSeen = facts.afterProcess === processValue;
  const answer = isThreadSeen ? (isProcessSeen ? 'both' : 'thread') : 'neither';
  // With equal values the origin of a store could not be determined.
  const isTellable = new Set([firstValue, threadValue, processValue]).size === 3;
  const isApart = facts.afterProcess === thread.afterThread && facts.processSaw === firstValue;
  return {
    answer,
    held: isTellable && answer === 'thread' && thread.seen === firstValue && thread.pid === main.pid && isApart,
    facts,
  };
};
