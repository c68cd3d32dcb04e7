import { once } from 'node:events';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { start } from './child.ts';
import { type Launchers, launched } from './launcher.ts';

/** Returns true if there is a screen for a window. */
export function hasDisplay(environment = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * Runs `work` with a display: the existing one, or a virtual one that ends afterwards. The virtual display also ends
 * with this process, however it ends: the command that holds it reads from a pipe of this process until the pipe
 * closes.
 * @param work gets the variables to add to the environment of the processes that it starts
 */
export async function withDisplay<T>(
  { launchers }: { readonly launchers: Launchers },
  work: (environment: { DISPLAY?: string }) => Promise<T>,
): Promise<T> {
  if (hasDisplay()) return work({});
  const holder = start(...launched(launchers, ['sh', '-c', 'echo "$DISPLAY"; exec cat']), {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // an interrupt from the terminal must not end the screen while programs still close
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
 * Runs `work` with `count` virtual displays, by their names, because each of several windows at the same time needs its
 * own keyboard focus and pointer. If there is a display, none is started and there are no names.
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

/** Returns the launcher's own message, if it has printed one. */
function noVirtualDisplay(said: string): SetupFailure {
  const what = /^bulkhead: (.*)$/m.exec(said)?.[1];
  const remedy = /^ {2}What to do: (.*)$/m.exec(said)?.[1];
  if (what && remedy) return new SetupFailure(what, remedy);
  return new SetupFailure(`There is no virtual display: ${said.trim()}`, 'set DISPLAY to a display that runs.');
}
