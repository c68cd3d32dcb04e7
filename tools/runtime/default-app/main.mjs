// Stands where Electron's own default_app stands: makes `electron PATH` work on a distribution that comes without it.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as electronApp } from 'electron';

/**
 * What Electron's own default_app uses too, and its types leave out.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} UndocumentedApp
 */
const app = /** @type {typeof electronApp & UndocumentedApp} */ (electronApp);

/**
 * @param {string} message
 * @returns {never}
 */
function end(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const { preloads, target } = parse(process.argv.slice(1));
const require = createRequire(import.meta.url);
for (const preload of preloads) require(path.resolve(preload));
if (!target) end('Usage: electron [-r MODULE] PATH [ARGUMENT…]');
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
try {
  // Awaited: what the application must do before `ready` (registerSchemesAsPrivileged) would otherwise come too late.
  await import(pathToFileURL(mainFile(path.resolve(target))).href);
} catch (error) {
  // Electron's own answer is a dialog, which nobody sees where there is no screen.
  end(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** @param {string[]} args */
function parse(args) {
  /** @type {string[]} */
  const preloads = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument === '-r' || argument === '--require') preloads.push(args[++index] ?? '');
    else if (argument.startsWith('--require=')) preloads.push(argument.slice('--require='.length));
    else if (!argument.startsWith('-')) return { preloads, target: argument };
  }
  return { preloads, target: undefined };
}

/**
 * The application's main file, after the application has been given its name, version and path.
 * @param {string} appPath
 */
function mainFile(appPath) {
  if (!statSync(appPath).isDirectory()) {
    app.setAppPath(path.dirname(appPath));
    return appPath;
  }
  const manifest = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8'));
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  if (manifest.version) app.setVersion(manifest.version);
  app.setAppPath(appPath);
  return path.join(appPath, manifest.main ?? 'index.js');
}
