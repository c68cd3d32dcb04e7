import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { callerPath } from '../checkout.ts';
import { runApplication } from '../setup/application.ts';
import { hasDisplay } from '../setup/display.ts';
import { prepare } from '../setup/prepare.ts';
import { addressOf } from './address.ts';
import { defaultProfile } from './default-profile.ts';
import { runDrill } from './drill.ts';

export interface StartOptions {
  profile?: string;
  drill?: true | 'full';
  json?: string;
  screenshot?: string;
}

/**
 * Opens the window and waits until it is closed. Without a display, or on request, runs the drill instead.
 * @returns the app's exit code
 */
export async function runStart(addresses: readonly string[], options: StartOptions): Promise<number> {
  if (options.drill && (addresses.length > 0 || options.profile)) {
    throw new SetupFailure('The drill opens its own pages with its own profile.', 'leave out addresses and --profile.');
  }
  const isDrill = Boolean(options.drill) || !hasDisplay();
  if (!isDrill && (options.json || options.screenshot)) {
    throw new SetupFailure('--json and --screenshot are for the results of the drill.', 'add --drill.');
  }
  const prepared = await prepare();
  if (isDrill) {
    if (!options.drill) say('there is no display for a window: running the drill');
    const extent = options.drill === 'full' ? 'full' : 'short';
    return runDrill(prepared, { extent, json: options.json, screenshot: options.screenshot });
  }
  const profile = options.profile ? callerPath(options.profile) : defaultProfile('bulkhead', prepared.account);
  return runApplication(prepared, ['--profile', profile, ...addresses.map(addressOf)]);
}
