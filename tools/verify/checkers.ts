import { readdirSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../checkout.ts';
import { collect } from '../setup/child.ts';
import type { Result } from './result.ts';

/** A program that looks at the sources and ends with 0 when it finds nothing. */
export interface Checker {
  readonly name: string;
  /** A file in node_modules and its arguments; run by the tools' own Node in the checkout. */
  readonly command: readonly string[];
  /** Where it runs, and where the paths that it names start. Default: the checkout. */
  readonly folder?: string;
}

const SOURCES = ['apps', 'packages', 'plugins', 'e2e', 'bench', 'tools'];

/** Every static check, the slow ones first. */
export function checkers(): Checker[] {
  return [svelteChecker(), ...typeCheckers(), importChecker(), formatAndLintChecker()];
}

/** The components' templates and scripts, which tsc cannot read. */
export function svelteChecker(tsconfig = 'tsconfig.page.json'): Checker {
  const command = ['svelte-check/bin/svelte-check', '--tsconfig', tsconfig, '--fail-on-warnings', '--output', 'human'];
  return { name: 'types of components', command };
}

export function typeCheckers(): Checker[] {
  const configs = readdirSync(checkout).filter(
    (name) => /^tsconfig\..+\.json$/.test(name) && name !== 'tsconfig.base.json',
  );
  return configs.sort().map((config) => typeChecker(config, config.slice('tsconfig.'.length, -'.json'.length)));
}

export function typeChecker(tsconfig: string, name: string): Checker {
  return { name: `types of ${name}`, command: ['@typescript/native/bin/tsc', '-p', tsconfig] };
}

/** @param folder that the rules' paths start in */
export function importChecker(folder = checkout, roots: readonly string[] = SOURCES): Checker {
  const config = path.join(checkout, '.dependency-cruiser.mjs');
  const command = ['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', config, '--output-type', 'err-long'];
  return { name: 'imports', command: [...command, ...roots], folder };
}

export function formatAndLintChecker(folder = checkout): Checker {
  const command = ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=none'];
  return { name: 'format and lint', command, folder };
}

/** @param environment added to this process's own */
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
