// Stands where Electron's own default_app stands: makes `electron PATH` work on a distribution that comes without it.
import { createRequire } from 'node:module';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const args = process.argv.slice(1);
/** @type {string[]} */
const preloads = [];
let target;
for (let i = 0; i < args.length; i++) {
  const arg = args[i];
  if (arg === '-r' || arg === '--require') preloads.push(args[++i]);
  else if (arg.startsWith('--require=')) preloads.push(arg.slice('--require='.length));
  else if (!arg.startsWith('-')) {
    target = arg;
    break;
  }
}
for (const preload of preloads) require(path.resolve(preload));

if (!target) {
  process.stderr.write('Usage: electron [-r MODULE] PATH [ARGUMENT…]\n');
  process.exit(1);
}
const appPath = path.resolve(target);
let main = appPath;
if (statSync(appPath).isDirectory()) {
  const manifest = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8'));
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  if (manifest.version) app.setVersion(manifest.version);
  app.setAppPath(appPath);
  main = path.join(appPath, manifest.main ?? 'index.js');
} else {
  app.setAppPath(path.dirname(appPath));
}
process.defaultApp = true;
// Awaited: what the application must do before `ready` (registerSchemesAsPrivileged) would otherwise come too late.
await import(pathToFileURL(main).href);
