import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { decidePermissions } from './permissions.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

const require = createRequire(import.meta.url);
const contents = {} as WebContents;
const free = ['clipboard-sanitized-write', 'fullscreen', 'pointerLock'];

/** Returns the names of permissions in the types of an Electron. */
function namesIn(electron: string): string[] {
  const types = readFileSync(require.resolve(`${electron}/electron.d.ts`), 'utf8');
  const union = /setPermissionRequestHandler\(handler: \(\(webContents: WebContents, permission: ([^,]*),/.exec(types);
  return [...(union?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
}

/** Asks for permissions of a page in both ways in which Electron asks. */
function decided(isLeaving = false) {
  let request: RequestHandler | undefined;
  let check: CheckHandler | undefined;
  let locked = 0;
  const session = {
    setPermissionRequestHandler: (handler: RequestHandler) => {
      request = handler;
    },
    setPermissionCheckHandler: (handler: CheckHandler) => {
      check = handler;
    },
    setDevicePermissionHandler: () => undefined,
  };
  decidePermissions(session as unknown as Session, {
    onPointerLock: () => {
      locked += 1;
    },
    isLeaving: () => isLeaving,
  });
  const allows = (name: string) => {
    const answers: (boolean | undefined)[] = [];
    request?.(contents, name as never, (answer) => answers.push(answer), {} as never);
    answers.push(check?.(contents, name as never, '', {} as never));
    return answers;
  };
  return { allows, locked: () => locked };
}

test.each(['electron-33', 'electron'])('a page gets only a short list of what %s knows', (electron) => {
  const names = namesIn(electron);
  expect(names).toEqual(expect.arrayContaining([...free, 'geolocation', 'media', 'unknown']));
  const { allows } = decided();
  const given = names.filter((name) => allows(name).some((answer) => answer !== false));
  expect(given.sort()).toEqual(free);
  expect(given.flatMap(allows)).toEqual(Array(6).fill(true));
});

test('a name of a later Electron is refused', () => {
  expect(decided().allows('brain-reader')).toEqual([false, false]);
});

test('a page that is being closed gets nothing, and hides no pointer', () => {
  const { allows, locked } = decided(true);
  expect(free.flatMap(allows)).toEqual(Array(6).fill(false));
  expect(locked()).toBe(0);
});
