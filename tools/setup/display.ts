import { once } from 'node:events';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { start } from './child.ts';
import { type Launchers, launched } from './launcher.ts';

/** Whether there is a screen to open a window on. */
export function hasDisplay(environment = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * Runs `work` with a display: the one there is, or else a virtual one that is gone afterwards. It goes away with this
 * process whatever ends it: the command that holds it reads from a pipe of ours until that closes.
 * @param work is given what to add to the environment of what it starts
 */
export async function withDisplay<T>(
  { launchers }: { readonly launchers: Launchers },
  work: (environment: { DISPLAY?: string }) => Promise<T>,
): Promise<T> {
  if (hasDisplay()) return work({});
  const holder = start(...launched(launchers, ['sh', '-c', 'echo "$DISPLAY"; exec cat']), {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // an interrupt from the terminal must not take the screen from what still ends in order
  });
  let said = '';
  holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const exited = once(holder, 'close');
  const name = await new Promise<string>((resolve, reject) => {
    holder.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    exited.then(() => reject(noVirtualDisplay(said)), reject);
  });
  try {
    return await work({ DISPLAY: name });
  } finally {
    holder.stdin?.end();
    await exited;
  }
}

/**
 * The same with so many virtual displays, by their names: what runs side by side needs a keyboard focus and a pointer
 * each. Where there is a display, there is no other one, and no name.
 */
export function withDisplays<T>(
  prepared: { readonly launchers: Launchers },
  count: number,
  work: (names: readonly string[]) => Promise<T>,
  names: readonly string[] = [],
): Promise<T> {
  if (hasDisplay() || names.length === count) return work(names);
  return withDisplay(prepared, ({ DISPLAY = '' }) => withDisplays(prepared, count, work, [...names, DISPLAY]));
}

/** In the launcher's own words, where it has said any. */
function noVirtualDisplay(said: string): SetupFailure {
  const what = /^bulkhead: (.*)$/m.exec(said)?.[1];
  const remedy = /^ {2}What to do: (.*)$/m.exec(said)?.[1];
  if (what && remedy) return new SetupFailure(what, remedy);
  return new SetupFailure(`There is no virtual display: ${said.trim()}`, 'set DISPLAY to a display that runs.');
}
