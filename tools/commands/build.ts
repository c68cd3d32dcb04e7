import { ensureBuilt } from '../setup/build.ts';

export async function runBuild(): Promise<number> {
  await ensureBuilt();
  return 0;
}
