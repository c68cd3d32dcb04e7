import { mkdir } from 'node:fs/promises';
import { roundsOf, signals, signalTargets } from '../tools/testing/random-signals.ts';
import { type Hit, Life, type Phase } from './signalled-life.ts';
import { test } from './test.ts';

/** Set by `npm run chaos -- --signals`. */
const seed = Number(process.env.BULKHEAD_SIGNALS_SEED ?? 1);
const count = Number(process.env.BULKHEAD_SIGNALS ?? 30);

test('random signals at the start, while pages load and while the window closes harm nothing else and leave nothing', async ({
  folder,
  pages,
}) => {
  test.setTimeout(120_000 + count * 60_000);
  const temporary = `${folder}/temporary`;
  await mkdir(temporary);
  const longestMs: number[] = [];
  const closingMs: number[] = [];
  const fired: Hit[][] = [];
  let done = 0;
  for (const [index, round] of roundsOf(seed, count).entries()) {
    if (done >= count) break;
    const life = new Life(pages, `${folder}/profile-${index}`, temporary);
    try {
      await life.run(round);
    } catch (error) {
      throw new Error(`seed ${seed}, round ${index + 1}:\n${life.story.join('\n')}\n${life.log}`, { cause: error });
    } finally {
      await life.end();
    }
    done += life.fired.flat().length;
    longestMs.push(life.longestMs);
    if (life.closingMs !== undefined) closingMs.push(life.closingMs);
    fired.push(...life.fired);
    if (count > 100) console.log(`${done} signals\n  ${life.story.join('\n  ')}`);
  }
  console.log(
    `seed ${seed}: ${done} signals in ${longestMs.length} rounds\n` +
      `the browser kept who asked it waiting for at most: ${inHalfAndAll(longestMs)}\n` +
      `from the close of the window to the end of the program: ${inHalfAndAll(closingMs)}\n${tally(fired)}`,
  );
});

function inHalfAndAll(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return `${at(0.5)} ms in half of the ${sorted.length} rounds, ${at(1)} ms in all`;
}
/** Counts each signal in each phase, and pairs of signals. */
function tally(fired: readonly Hit[][]): string {
  const phases: Phase[] = ['at the start', 'while loading', 'at rest', 'while closing'];
  const hits = fired.flat();
  const lines = phases.map((phase) => {
    const counts = signals.map(
      (signal) => `${signal} ${hits.filter((hit) => hit.phase === phase && hit.signal === signal).length}`,
    );
    return `${phase}: ${counts.join(', ')}`;
  });
  const targets = signalTargets.map((target) => `${target} ${hits.filter((hit) => hit.target === target).length}`);
  return [...lines, targets.join(', '), `two at once: ${fired.filter(({ length }) => length === 2).length}`].join('\n');
}
