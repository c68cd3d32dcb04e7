import { closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { callerPath, checkout } from '../checkout.ts';
import { runApplication } from '../setup/application.ts';
import { withDisplay } from '../setup/display.ts';
import type { Prepared } from '../setup/prepare.ts';
import { withPrivateFolder } from '../setup/private-folder.ts';
import { type DrillResult, formatDrill } from './drill-table.ts';

export interface DrillOptions {
  /** `full`: the whole matrix of faults. */
  readonly extent: 'short' | 'full';
  /** Where to put the results, as given on the command line. */
  readonly json: string | undefined;
  readonly screenshot: string | undefined;
}

/**
 * Has the application injure itself on a profile of its own, prints what it measured and puts the files where they were
 * asked for.
 * @returns the application's verdict as an exit code
 */
export async function runDrill(prepared: Prepared, { extent, json, screenshot }: DrillOptions): Promise<number> {
  return withPrivateFolder(prepared.account, async (folder) => {
    const output = path.join(folder, 'drill');
    const args = ['--profile', path.join(folder, 'profile'), extent === 'full' ? '--drill=full' : '--drill'];
    const code = await withDisplay(prepared, (display) =>
      runApplication(prepared, [...args, '--drill-output', output], display),
    );
    const file = path.join(output, 'result.json');
    if (!existsSync(file)) {
      throw new SetupFailure(`The drill came to no result (the application ended with ${code}, see above).`, [
        'run it once more; if it happens again, report what it said.',
      ]);
    }
    const result = read(file);
    process.stdout.write(`${formatDrill(JSON.parse(result.toString()) as DrillResult)}\n\n`);
    const picture = keep(read(path.join(output, 'screenshot.png')), screenshot, 'screenshot.png');
    process.stdout.write(`screenshot: ${picture}\n`);
    if (json) process.stdout.write(`result: ${keep(result, json, 'result.json')}\n`);
    return code;
  });
}

/** The folder is the unprivileged user's, and root may be reading: a link put there is not followed. */
function read(file: string): Buffer {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function keep(content: Buffer, asked: string | undefined, name: string): string {
  const target = asked ? callerPath(asked) : path.join(checkout, 'out/drill', name);
  try {
    if (!asked) mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  } catch (error) {
    throw new SetupFailure(
      `${target} cannot be written (${systemErrorCode(error)}).`,
      'name another file by --json or --screenshot.',
      { cause: error },
    );
  }
  return target;
}
