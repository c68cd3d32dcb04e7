import { copyFile, cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { where } from './launch.ts';

const fixture = (name: string) => path.join(import.meta.dirname, 'fixtures', name);

/** Copies the built application to `folder`, with a plugin of `fixtures` instead of its own. */
export async function withPlugin(plugin: string, folder: string): Promise<string> {
  const copy = await copyOfApplication(folder);
  await copyFile(fixture(plugin), path.join(copy, 'out/main/plugins/frame-stats.js'));
  return copy;
}

/**
 * Does the same with a script of `fixtures` before the tab's preload. The script has Electron's internal binding, like
 * a compromised process: Electron gives it to a preload only without a sandbox.
 */
export async function withTakenOverTabs(script: string, folder: string): Promise<string> {
  const copy = await copyOfApplication(folder);
  const change = async (file: string, by: (text: string) => string) => {
    const place = path.join(copy, file);
    await writeFile(place, by(await readFile(place, 'utf8')));
  };
  const attack = await readFile(fixture(script), 'utf8');
  await change('out/preload/tab.cjs', (text) => `${attack}\n${text}`);
  await change('out/main/browser.js', (text) =>
    text.replaceAll('sandbox: true', 'sandbox: false').replace('BROWSER_SANDBOX_LOAD', 'BROWSER_NONSANDBOX_LOAD'),
  );
  return copy;
}

async function copyOfApplication(folder: string): Promise<string> {
  const { app } = where();
  const copy = path.join(folder, 'application');
  await mkdir(copy);
  await cp(path.join(app, 'out'), path.join(copy, 'out'), { recursive: true });
  await copyFile(path.join(app, 'package.json'), path.join(copy, 'package.json'));
  await symlink(await realpath(path.join(app, 'node_modules')), path.join(copy, 'node_modules'));
  return copy;
}
