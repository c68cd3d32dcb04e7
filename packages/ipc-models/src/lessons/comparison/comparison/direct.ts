import { unlink } from 'node:fs/promises';
import path from 'node:path';
import { newName } from '@bulkhead/shared-memory/posix';
import { mq_unlink } from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Cast, Director, Stage } from '../../../lab/index.ts';
import { chapterFigure, type Findings } from './chapter-table.ts';
import { chartOf, copiesFigure, progressFigure, rateText, resultsFigure, rounded, sizeText } from './figures.ts';
import type { comparison } from './lesson.ts';
import { machine, machineFigure } from './machine.ts';
import { listening, offer } from './offer.ts';
import { messageWays, sharedWays, sizesOf, tripsOf, type Way } from './plan.ts';
import { Results } from './results.ts';
import { median } from './statistics.ts';
import { rounds, type Task } from './tasks.ts';

const lost = v.object({ lost: v.number(), of: v.number() });
const lostByMessages = v.object({ lostByMessages: v.number() });
const changed = v.object({ shared: v.number(), received: v.number() });

/**
 * Number of increments. Counting must take longer than a time slice, so that both processes overlap on one processor.
 */
const counted = 5_000_000;
const [countedByMessages, changes, waitedMs] = [5000, 200, 200];
/**
 * Size that the chapter calls large: shared memory must be faster from it on, or, without such a size, messages below.
 */
const largeFrom = 4 << 20;
const [fewestRounds, patience] = [3, 3];
const waitingWays = ['pipe', 'shared-spin', 'shared-asleep'] as const;

export const direct: Director<typeof comparison> = async (stage) => {
  const { span, steps, seconds } = stage.parameters;
  const sizes = sizesOf(span, steps);
  const where = machine();
  stage.figure('machine', machineFigure(where));
  if (where.load > where.cores) stage.note('busy', { load: where.load, cores: where.cores });
  const [sender, receiver] = await Promise.all([stage.start('sender'), stage.start('receiver')]);
  const runs = Promise.all([sender.run(), receiver.run()]);
  runs.catch(() => undefined); // awaited below; a process may end before that
  const addresses = await connectBoth(stage, sender, receiver);

  const both = async (task: Task): Promise<[unknown, unknown]> => {
    for (const each of [receiver, sender]) each.tell('task', task);
    return Promise.all([sender.told('result'), receiver.told('done')]);
  };
  const results = new Results();
  const measured = sizes.length * (rounds + 1);
  const sampleMs = (seconds * 1000) / tripsOf(sizes).length / (rounds + 1);
  for (const [index, bytes] of sizes.entries()) {
    await measureSize(bytes, sampleMs, results, both, (round) =>
      stage.figure('progress', progressFigure(index * (rounds + 1) + round, measured, bytes)),
    );
    draw(stage, results);
  }
  const found = await findOut(both, addresses);
  for (const each of [sender, receiver]) each.tell('task', { kind: 'end' });
  await runs;
  stage.figure('chapter', chapterFigure(results, found));
  stage.figure('copies', copiesFigure(results));
  return conclude(where, results, found, sizes);
};

/**
 * Measures all ways in turn, round after round, so that a disturbance of the machine affects all of them. The first
 * round does not count. If single blocks take long, it makes fewer rounds.
 */
async function measureSize(
  bytes: number,
  sampleMs: number,
  results: Results,
  both: (task: Task) => Promise<[unknown, unknown]>,
  onRound: (round: number) => void,
): Promise<void> {
  const trips = tripsOf([bytes]);
  const enoughMs = performance.now() + patience * (rounds + 1) * trips.length * sampleMs;
  for (let round = 0; round <= rounds; round++) {
    for (const trip of trips) {
      const [told] = await both({ kind: 'trips', ...trip, sampleMs });
      if (round > 0) results.add(trip, v.parse(v.number(), told));
    }
    if (round >= fewestRounds && performance.now() > enoughMs) round = rounds;
    onRound(round + 1);
  }
}

function draw(stage: Stage, results: Results): void {
  stage.figure('throughput', chartOf(results, 'rate'));
  stage.figure('latency', chartOf(results, 'tripUs'));
  stage.figure('results', resultsFigure(results));
}

/** Removes the names as soon as both processes have opened the objects. */
async function connectBoth(stage: Stage<typeof comparison>, sender: Cast, receiver: Cast) {
  const [queue, queueBack] = [1, 2].map(newName);
  const removeQueues = () => {
    for (const name of [queue, queueBack]) {
      try {
        mq_unlink(name ?? '');
      } catch {
        // It was removed already, or never made.
      }
    }
  };
  stage.onEnd(removeQueues);
  const socket = path.join(await stage.folder(), 'socket');
  stage.channel('port', sender, receiver);
  sender.tell('names', { queue, queueBack });
  receiver.tell('path', socket);
  const offered = v.parse(offer, await sender.told('offer'));
  receiver.tell('offer', offered);
  const listens = v.parse(listening, await receiver.told('listening'));
  sender.tell('listening', listens);
  await receiver.told('connected');
  removeQueues();
  await unlink(socket);
  const [memory] = offered.arena.segments;
  return {
    tcpAddress: `${listens.host}:${listens.port}`,
    memoryAddress: memory?.backend === 'sealed' ? `/proc/${memory.pid}/fd/${memory.fd}` : (memory?.name ?? ''),
  };
}

async function findOut(
  both: (task: Task) => Promise<[unknown, unknown]>,
  addresses: Pick<Findings, 'tcpAddress' | 'memoryAddress'>,
): Promise<Findings> {
  const [countedTogether, along] = await both({ kind: 'count', shared: counted, messages: countedByMessages });
  const together = v.parse(lost, countedTogether);
  const [, seen] = await both({ kind: 'change', times: changes });
  const { shared, received } = v.parse(changed, seen);
  const waitCpuMs: Record<string, number> = {};
  for (const way of waitingWays) {
    const [, cpuMs] = await both({ kind: 'wait', way, ms: waitedMs });
    waitCpuMs[way] = v.parse(v.number(), cpuMs);
  }
  return {
    ...addresses,
    counted: together.of,
    countedByMessages: 2 * countedByMessages,
    changes,
    waitedMs,
    waitCpuMs,
    lostShared: together.lost,
    lostByMessages: v.parse(lostByMessages, along).lostByMessages,
    changedShared: shared,
    changedReceived: received,
  };
}

function conclude(where: ReturnType<typeof machine>, results: Results, found: Findings, sizes: readonly number[]) {
  const at = results.crossing('shared-asleep', messageWays);
  const spinAt = results.crossing('shared-spin', messageWays);
  const answer = at === undefined ? 'never' : at <= (sizes[0] ?? 0) ? 'always' : 'from-size';
  const rateAt = (way: Way) => results.of(way).at(-1)?.rate ?? 0;
  const messageRate = Math.max(...messageWays.map(rateAt));
  const ratios = results.ratios(sharedWays, messageWays).filter(([bytes]) => bytes >= largeFrom);
  const suited =
    ratios.length > 0 ? median(ratios.map(([, ratio]) => ratio)) > 1 : at === undefined || at > (sizes[0] ?? 0);
  const [sharedRate, ceiling] = [Math.max(...sharedWays.map(rateAt)), rateAt('memcpy')];
  const largest = sizes.at(-1) ?? 0;
  const conflicts = found.lostByMessages === 0 && found.lostShared > 0;
  const protection = found.changedReceived === 0 && found.changedShared === found.changes;
  return {
    answer,
    held: suited && conflicts && protection,
    facts: {
      ...where,
      crossingBytes: at === undefined ? -1 : Math.round(at),
      crossing: at === undefined ? '–' : sizeText(at),
      spinCrossing: spinAt === undefined ? '–' : sizeText(spinAt),
      smallest: sizeText(sizes[0] ?? 0),
      spinTripUs: rounded(results.of('shared-spin')[0]?.tripUs ?? 0),
      asleepTripUs: rounded(results.of('shared-asleep')[0]?.tripUs ?? 0),
      messageTripUs: rounded(results.best(messageWays, 'tripUs')[0]?.[1] ?? 0),
      largest: sizeText(largest),
      messageRate: rateText(messageRate),
      sharedRate: rateText(sharedRate),
      memcpyRate: rateText(ceiling),
      times: rounded(sharedRate / messageRate),
      lostShared: found.lostShared,
      lostByMessages: found.lostByMessages,
      updates: found.counted,
      updatesByMessages: found.countedByMessages,
      changedShared: found.changedShared,
      changedReceived: found.changedReceived,
      changes: found.changes,
      pipeWaitMs: rounded(found.waitCpuMs.pipe ?? 0),
      spinWaitMs: rounded(found.waitCpuMs['shared-spin'] ?? 0),
      asleepWaitMs: rounded(found.waitCpuMs['shared-asleep'] ?? 0),
      rounds,
    },
  };
}
