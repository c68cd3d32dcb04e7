import { copyFile, cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { where } from './launch.ts';

const fixture = (name: string) => path.join(import.meta.dirname, 'fixtures', name);

/** A copy of the built application, in `folder`, with a plugin of `fixtures` in the place of its own. */
export async function withPlugin(plugin: string, folder: string): Promise<string> {
  const copy = await copyOfApplication(folder);
  await copyFile(fixture(plugin), path.join(copy, 'out/main/plugins/frame-stats.js'));
  return copy;
}

/**
 * The same with a script of `fixtures` in front of what runs in each tab before its page. That has the runtime's own
 * binding, as a process that was taken over has: only without a sandbox does the runtime give it to a preload.
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
