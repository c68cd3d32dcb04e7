import { rmSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Returns the path of the Electron that `npm test` and `npm run bench` have set up; undefined without them. */
export function electronExecutable(): string | undefined {
  const { BULKHEAD_ELECTRON: executable, BULKHEAD_WHERE: where } = process.env;
  return executable ?? (where ? (JSON.parse(where) as { electron: string }).electron : undefined);
}

export interface ElectronApp {
  readonly folder: string;
  remove(): Promise<void>;
  /** Removes the folder synchronously, for the exit of the process. */
  removeNow(): void;
}

/**
 * Builds an application from `entries` (names and files; Electron starts `browser`) in its own folder. Every user may
 * read the folder, because Electron does not run as root.
 */
export async function buildElectronApp(entries: Readonly<Record<string, string>>): Promise<ElectronApp> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-shared-memory-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: {
        input: { ...entries },
        external: ['koffi', 'electron', /^node:/],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'shared-memory-test', version: '1.0.0', type: 'module', main: 'browser.js' }),
  );
  const koffi = await realpath(path.dirname(createRequire(import.meta.url).resolve('koffi')));
  for (const [from, to] of [
    [koffi, 'koffi'],
    [path.join(koffi, '../@koromix'), '@koromix'],
  ] as const) {
    await cp(from, path.join(folder, 'node_modules', to), { recursive: true, dereference: true });
  }
  await openToAll(folder);
  const options = { recursive: true, force: true };
  return { folder, remove: () => rm(folder, options), removeNow: () => rmSync(folder, options) };
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
}
