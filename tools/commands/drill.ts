import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DrillResult } from '@bulkhead/contracts';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { callerPath, checkout } from '../checkout.ts';
import { runApplication } from '../setup/application.ts';
import { withDisplay } from '../setup/display.ts';
import type { Prepared } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { formatDrill } from './drill-table.ts';
import { readOwned } from './read-owned.ts';

export interface DrillOptions {
  /** `full`: all faults of the matrix. */
  readonly extent: 'short' | 'full';
  /** Files for the results, as given on the command line. */
  readonly json: string | undefined;
  readonly screenshot: string | undefined;
}

/**
 * Runs the app's drill with a separate profile, prints the result, and writes the requested files.
 * @returns the app's verdict as an exit code
 */
export async function runDrill(prepared: Prepared, { extent, json, screenshot }: DrillOptions): Promise<number> {
  // Check this before the drill: otherwise its result could be lost.
  for (const asked of [json, screenshot]) if (asked) makeSureOfFolder(callerPath(asked));
  return withPrivateFolder(prepared.account, async (folder) => {
    const output = path.join(folder, 'drill');
    const args = ['--profile', path.join(folder, 'profile'), extent === 'full' ? '--drill=full' : '--drill'];
    const code = await withDisplay(prepared, (display) =>
      runApplication(prepared, [...args, '--drill-output', output], display),
    );
    const result = readOwned(path.join(output, 'result.json'));
    const picture = readOwned(path.join(output, 'screenshot.png'));
    if (!result || !picture) {
      throw new SetupFailure(`The drill has no result (the application ended with ${code}, see above).`, [
        'run it again; if it happens again, report its output.',
      ]);
    }
    process.stdout.write(`${formatDrill(JSON.parse(result.toString()) as DrillResult)}\n\n`);
    process.stdout.write(`screenshot: ${keep(picture, screenshot, 'screenshot.png')}\n`);
    if (json) process.stdout.write(`result: ${keep(result, json, 'result.json')}\n`);
    return code;
  });
}

function makeSureOfFolder(file: string): void {
  try {
    accessSync(path.dirname(file), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotBeWritten(file, error);
  }
}

function cannotBeWritten(file: string, cause: unknown): SetupFailure {
  const what = `${file} cannot be written (${systemErrorCode(cause)}).`;
  return new SetupFailure(what, 'name another file by --json or --screenshot.', { cause });
}

function keep(content: Buffer, asked: string | undefined, name: string): string {
  const target = asked ? callerPath(asked) : path.join(checkout, 'out/drill', name);
  try {
    if (!asked) mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  } catch (error) {
    throw cannotBeWritten(target, error);
  }
  return target;
}
