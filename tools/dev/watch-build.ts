import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { checkout } from '../checkout.ts';

/** One bundle of electron.vite.config.ts, named as there. */
export type Part = (typeof PARTS)[number];

const PARTS = ['main', 'preload', 'renderer'] as const;

export interface WatchBuildOptions {
  /** Gets a folder for each part. */
  readonly outFolder: string;
  /** Every part is built that has changed; `changed` names those whose files have another content now. */
  readonly onBuilt: (changed: ReadonlySet<Part>) => void;
  /** A source cannot be bundled; what was built before stays. */
  readonly onError: (part: Part, error: Error) => void;
}

/** How long all parts have to rest before they count as built, ms: one source may belong to several. */
const settleMs = 100;

/**
 * Bundles the app as `npm run build` does, but readable and with source maps, and again after each change of a source.
 * The maps are inside the files, because the scheme of the internal pages serves no other files.
 * @returns stops watching
 */
export async function watchBuild({ outFolder, onBuilt, onError }: WatchBuildOptions): Promise<() => Promise<void>> {
  const { config } = await resolveConfig(
    { root: checkout, logLevel: 'silent', build: { outDir: outFolder, sourcemap: 'inline' } },
    'build',
    'production',
  );
  const parts = new Map<Part, Rolldown.RolldownWatcher>();
  const building = new Set<Part>(PARTS);
  const failed = new Set<Part>();
  const contents = new Map<Part, string>();
  let timer: NodeJS.Timeout | undefined;

  const settle = () => {
    clearTimeout(timer);
    if (building.size + failed.size > 0) return;
    timer = setTimeout(() => {
      const changed = new Set<Part>();
      for (const part of parts.keys()) {
        const content = contentOf(path.join(outFolder, part));
        if (contents.get(part) !== content) changed.add(part);
        contents.set(part, content);
      }
      onBuilt(changed);
    }, settleMs);
  };

  for (const part of PARTS) {
    const { build: options, ...rest }: InlineConfig = config?.[part] ?? {};
    const watcher = (await build({
      ...rest,
      build: { ...options, minify: false, watch: {} },
    })) as Rolldown.RolldownWatcher;
    parts.set(part, watcher);
    watcher.on('event', (event) => {
      if (event.code === 'START') {
        building.add(part);
        failed.delete(part);
        clearTimeout(timer);
      } else if (event.code === 'BUNDLE_END') {
        void event.result.close();
      } else if (event.code === 'ERROR') {
        void event.result.close();
        building.delete(part);
        failed.add(part);
        onError(part, event.error);
      } else if (event.code === 'END') {
        building.delete(part);
        settle();
      }
    });
  }
  return async () => {
    clearTimeout(timer);
    await Promise.all([...parts.values()].map((watcher) => watcher.close()));
  };
}

/** Changes with every file of the folder. */
function contentOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
