// Tests start this as a separate process. It sets up Electron from the archive that the environment describes.
import { describeError } from '../bootstrap/failure.mjs';
import type { RegistryArchive } from '../setup/electron-sources.ts';
import { endOnSignals } from '../setup/exit.ts';
import { installCarriedElectron } from '../setup/registry-runtime.ts';
import { installReleasedElectron } from '../setup/release-runtime.ts';
import { ensureRuntime, REGISTRY, RELEASE } from '../setup/runtime.ts';

const archive = JSON.parse(process.env.TEST_ARCHIVE ?? '') as RegistryArchive;
const checksums = JSON.parse(process.env.TEST_CHECKSUMS ?? '{}') as Record<string, string>;
const release = { ...RELEASE, install: (folder: string) => installReleasedElectron(folder, checksums) };
const registry = { ...REGISTRY, install: (folder: string) => installCarriedElectron(folder, archive) };

endOnSignals();
try {
  process.stdout.write(`${JSON.stringify(await ensureRuntime(process.env, [release, registry]))}\n`);
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
