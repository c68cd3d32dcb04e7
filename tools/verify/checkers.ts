import { readdirSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../checkout.ts';
import { collect } from '../setup/child.ts';
import type { Result } from './result.ts';

/** A program that checks the sources and ends with 0 if it finds nothing. */
export interface Checker {
  readonly name: string;
  /** A file in node_modules and its arguments. The Node of the tools runs it in the checkout. */
  readonly command: readonly string[];
  /** Folder in which it runs, and base of the paths that it reports. Default: the checkout. */
  readonly folder?: string;
}

const SOURCES = ['apps', 'packages', 'plugins', 'e2e', 'bench', 'gallery', 'tools'];

/** Returns every static check, slow ones first. */
export function checkers(): Checker[] {
  return [svelteChecker(), ...typeCheckers(), importChecker(), formatAndLintChecker()];
}

/** Checks the templates and scripts of components, which tsc cannot read. */
export function svelteChecker(tsconfig = 'tsconfig.page.json'): Checker {
  const command = ['svelte-check/bin/svelte-check', '--tsconfig', tsconfig, '--fail-on-warnings', '--output', 'human'];
  return { name: 'types of components', command };
}

function typeCheckers(): Checker[] {
  const configs = readdirSync(checkout).filter(
    (name) => /^tsconfig\..+\.json$/.test(name) && name !== 'tsconfig.base.json',
  );
  return configs.sort().map((config) => typeChecker(config, config.slice('tsconfig.'.length, -'.json'.length)));
}

export function typeChecker(tsconfig: string, name: string): Checker {
  return { name: `types of ${name}`, command: ['@typescript/native/bin/tsc', '-p', tsconfig] };
}

/** @param folder base of the paths in the rules */
export function importChecker(folder = checkout, roots: readonly string[] = SOURCES): Checker {
  const config = path.join(checkout, '.dependency-cruiser.mjs');
  const command = ['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', config, '--output-type', 'err-long'];
  return { name: 'imports', command: [...command, ...roots], folder };
}

export function formatAndLintChecker(folder = checkout): Checker {
  const command = ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=none'];
  return { name: 'format and lint', command, folder };
}

/** Mends what it can of what `formatAndLintChecker` finds, and finds the rest. */
export function formatAndLintFixer(folder = checkout): Checker {
  const { command } = formatAndLintChecker(folder);
  return { name: 'format and lint, mended', command: [...command, '--write'], folder };
}

/** @param environment added to the environment of this process */
export async function runChecker(
  { name, command, folder = checkout }: Checker,
  environment: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const started = performance.now();
  const [program = '', ...args] = command;
  const { code, output } = await collect(process.execPath, [path.join(checkout, 'node_modules', program), ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const passed = code === 0;
  const seconds = (performance.now() - started) / 1000;
  return { name, passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, output, seconds };
}
