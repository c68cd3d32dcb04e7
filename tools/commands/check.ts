import { availableParallelism } from 'node:os';
import { checkers, runChecker } from '../verify/checkers.ts';
import { allPassed, type Result, report } from '../verify/result.ts';
import { runUnitTests } from '../verify/vitest.ts';

export async function runCheck(): Promise<number> {
  return allPassed(await check()) ? 0 : 1;
}

/** Every check that takes seconds, as many at a time as there are processors; each is reported as it ends. */
export async function check(environment: NodeJS.ProcessEnv = {}): Promise<Result[]> {
  const waiting = [
    () => runUnitTests(environment),
    ...checkers().map((checker) => () => runChecker(checker, environment)),
  ];
  const results: Result[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await next();
      process.stdout.write(report(result));
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}
