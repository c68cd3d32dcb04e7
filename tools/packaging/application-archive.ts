import { cp, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createPackageWithOptions } from '@electron/asar';
import { checkout } from '../checkout.ts';

/** Folders of the built app, below `out`. */
const BUILT = ['main', 'preload', 'renderer'];
/** Fields of package.json that Electron and the app read. */
const MANIFEST = ['name', 'productName', 'version', 'description', 'license', 'type', 'main'];
/** Files of koffi that run. Its package also has its C++ source, headers and documents. */
const KOFFI = ['package.json', 'LICENSE.txt', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/static.cjs'];

/**
 * Writes the built app into an archive. Native modules become files beside it, in `FILE.unpacked`, because the system's
 * loader opens them.
 * @param folder for intermediate files; must not exist
 */
export async function archiveApplication(file: string, folder: string): Promise<void> {
  for (const part of BUILT) {
    await cp(path.join(checkout, 'out', part), path.join(folder, 'out', part), { recursive: true });
  }
  const manifest = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8')) as Record<string, unknown>;
  const kept = Object.fromEntries(MANIFEST.map((field) => [field, manifest[field]]));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(kept));
  await copyKoffi(path.join(folder, 'node_modules'));
  await mkdir(path.dirname(file), { recursive: true });
  await createPackageWithOptions(folder, file, { unpack: '*.node' });
}

/** Copies the only module that the bundle does not contain. A package of the platform has its binary. */
async function copyKoffi(modules: string): Promise<void> {
  const koffi = await realpath(path.join(checkout, 'node_modules/koffi'));
  for (const file of KOFFI) await cp(path.join(koffi, file), path.join(modules, 'koffi', file));
  const binary = `@koromix/koffi-${process.platform}-${process.arch}`;
  const folder = path.dirname(createRequire(path.join(koffi, 'index.cjs')).resolve(binary));
  await cp(folder, path.join(modules, binary), { recursive: true });
}
