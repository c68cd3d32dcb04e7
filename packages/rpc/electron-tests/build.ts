import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const extensions = { es: 'mjs', cjs: 'cjs', iife: 'js' };
const source = path.join(import.meta.dirname, 'app');

/**
 * Bundles the test application into a new folder and returns that folder, which the caller removes. Every user may read
 * it, because Electron runs as an ordinary user when root starts its tests.
 */
export async function buildApp(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-rpc-app-'));
  // A sandboxed preload is one CommonJS file, a page's script is a classic script, the other two are modules.
  for (const [entry, format] of [
    ['browser', 'es'],
    ['utility', 'es'],
    ['preload', 'cjs'],
    ['page', 'iife'],
  ] as const) {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: false,
        minify: false,
        target: entry === 'preload' || entry === 'page' ? 'chrome130' : 'node20',
        lib: {
          entry: path.join(source, `${entry}.ts`),
          formats: [format],
          name: entry,
          fileName: () => `${entry}.${extensions[format]}`,
        },
        rollupOptions: { external: ['electron', /^node:/] },
      },
    });
  }
  await writeFile(path.join(folder, 'package.json'), '{ "name": "rpc-test-app", "main": "browser.mjs" }');
  await chmod(folder, 0o755);
  for (const file of await readdir(folder)) await chmod(path.join(folder, file), 0o644);
  return folder;
}
