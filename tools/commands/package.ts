import path from 'node:path';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { callerPath, origin } from '../checkout.ts';
import { packageApplication } from '../packaging/package-application.ts';
import { runtimeToPackage } from '../packaging/runtime-to-package.ts';
import { ensureBuilt } from '../setup/build.ts';
import { describeRuntime } from '../setup/runtime.ts';

export interface PackageOptions {
  /** Parent of the new folder, as given on the command line. */
  readonly output?: string;
}

/** Puts the app and the Electron that is set up into one folder, and prints the path of its executable. */
export async function runPackage({ output }: PackageOptions): Promise<number> {
  if (process.platform !== 'linux') {
    throw new SetupFailure(
      `There is no package for ${process.platform} yet.`,
      'package it on Linux, or run it from the checkout: npm start',
    );
  }
  await ensureBuilt();
  const runtime = await runtimeToPackage();
  say('packaging the application');
  const folder = await packageApplication(runtime, output ? callerPath(output) : path.join(origin, 'out/package'));
  say(describeRuntime(runtime));
  process.stdout.write(`${path.join(folder, 'bulkhead')}\n`);
  return 0;
}
