import { say } from '../bootstrap/log.mjs';
import { rememberedResult } from '../setup/remembered-checks.ts';
import { ensureRuntime, nameOf, type Runtime, SOURCES } from '../setup/runtime.ts';

/**
 * Returns the Electron that `npm start` runs, from this machine's earlier checks. It starts none, because a machine can
 * make packages without a display and without a sandbox.
 */
export async function runtimeToPackage(environment = process.env, sources = SOURCES): Promise<Runtime> {
  const runtime = await ensureRuntime(environment, sources);
  if (rememberedResult(runtime)?.outcome !== 'failed') return runtime;
  say(`${nameOf(runtime)} has failed its self-check on this machine`);
  const others = sources.filter(({ name }) => name !== runtime.source);
  return runtime.source === 'env' || others.length === 0 ? runtime : runtimeToPackage(environment, others);
}
