import { prepare, where } from '../setup/prepare.ts';

/** Prints one JSON object on stdout, and nothing else. */
export async function runWhere(): Promise<number> {
  process.stdout.write(`${JSON.stringify(where(await prepare()))}\n`);
  return 0;
}
