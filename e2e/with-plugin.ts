import { copyFile, cp, mkdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';
import { where } from './launch.ts';

/** A copy of the built application, in `folder`, with a plugin of `fixtures` in the place of its own. */
export async function withPlugin(plugin: string, folder: string): Promise<string> {
  const { app } = where();
  const copy = path.join(folder, 'application');
  await mkdir(copy);
  await cp(path.join(app, 'out'), path.join(copy, 'out'), { recursive: true });
  await copyFile(path.join(app, 'package.json'), path.join(copy, 'package.json'));
  await symlink(await realpath(path.join(app, 'node_modules')), path.join(copy, 'node_modules'));
  await copyFile(
    path.join(import.meta.dirname, 'fixtures', plugin),
    path.join(copy, 'out/main/plugins/frame-stats.js'),
  );
  return copy;
}
