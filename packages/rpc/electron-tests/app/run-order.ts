import type { Order, Outcome, Process } from './process.ts';
import { scripts } from './scripts.ts';

export async function runOrder(
  process: Process,
  { order, script, argument }: Order,
  ports: readonly unknown[],
): Promise<Outcome> {
  try {
    const run = scripts[script];
    if (!run) throw new Error(`no script ${script}`);
    return { order, result: await run(process, ports, argument) };
  } catch (error) {
    return { order, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
