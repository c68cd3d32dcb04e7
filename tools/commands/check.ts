import { availableParallelism } from 'node:os';
import { checkers, runChecker } from '../verify/checkers.ts';
import { allPassed, type Result, report } from '../verify/result.ts';
import type { Tell } from '../verify/run.ts';
import { runUnitTests } from '../verify/vitest.ts';

export async function runCheck(): Promise<number> {
  const results: Result[] = [];
  await check((result) => {
    process.stdout.write(report(result));
    results.push(result);
  });
  return allPassed(results) ? 0 : 1;
}

/** Runs every check that takes seconds, one for each processor at a time, and reports each as it ends. */
export async function check(tell: Tell, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const waiting = [
    () => runUnitTests(environment),
    ...checkers().map((checker) => () => runChecker(checker, environment)),
  ];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      tell(await next());
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}
