import { EventEmitter } from 'node:events';
import { leavingChannel } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { dropWorkerMessages, greeting, isUndeclared } from './outside-port.ts';

test.each<[string, unknown[]]>([
  ['-ipc-message', [false, greeting, []]],
  ['-ipc-message', [greeting, []]],
  ['-ipc-message', [true, 'RENDERER_WEB_FRAME_METHOD_RESPONSE_12', [null, 1]]],
  ['-ipc-message', [true, 'BROWSER_PRELOAD_ERROR', ['/tab.cjs', {}]]],
  ['-ipc-message-sync', [false, leavingChannel, [{}]]],
  ['-ipc-message-sync', [true, 'BROWSER_SANDBOX_LOAD', []]],
  ['-ipc-invoke', [true, 'BROWSER_GET_LAST_WEB_PREFERENCES', []]],
  ['-ipc-invoke', ['BROWSER_GET_LAST_WEB_PREFERENCES', []]],
  ['did-navigate', ['https://a.example/']],
  ['close', []],
])('%s %j is a message that a page of a tab sends', (name, args) => {
  expect(isUndeclared(name, [{}, ...args])).toBe(false);
});

test.each<[string, unknown[]]>([
  ['-ipc-message', [false, 'anything', []]],
  ['-ipc-message', ['anything', []]],
  ['-ipc-message', [false, leavingChannel, []]],
  ['-ipc-message', [true, 'BROWSER_WINDOW_CLOSE', []]],
  ['-ipc-message', []],
  ['-ipc-message', [true, { toString: () => greeting }, []]],
  ['-ipc-message-sync', [false, greeting, []]],
  ['-ipc-message-sync', [true, 'BROWSER_CLIPBOARD_SYNC', ['readText']]],
  ['-ipc-message-sync', [true, 'INSPECTOR_CONFIRM', ['', '']]],
  ['-ipc-invoke', [false, greeting, []]],
  ['-ipc-invoke', [true, 'GUEST_VIEW_MANAGER_CREATE_AND_ATTACH_GUEST', []]],
  ['-ipc-ports', [false, greeting, null, []]],
  ['-ipc-ports', [greeting, null, []]],
  ['ipc-message-host', ['anything', []]],
  ['-ipc-message-host', ['anything', []]],
])('%s %j is not', (name, args) => {
  expect(isUndeclared(name, [{}, ...args])).toBe(true);
});

test('a session hears everything except messages of a service worker', () => {
  const session = new EventEmitter();
  const heard: string[] = [];
  for (const name of ['-ipc-message', '-ipc-message-sync', '-ipc-invoke', '-ipc-ports', 'will-download'])
    session.on(name, () => heard.push(name));
  dropWorkerMessages(session);
  for (const name of ['-ipc-message', '-ipc-message-sync', '-ipc-invoke', '-ipc-ports'])
    session.emit(name, { type: 'service-worker' }, greeting, []);
  session.emit('will-download', {});
  expect(heard).toEqual(['will-download']);
});

test('an error in a listener of a session is thrown again', () => {
  const session = new EventEmitter();
  session.on('will-download', () => {
    throw new Error('a bug');
  });
  dropWorkerMessages(session);
  expect(() => session.emit('will-download', {})).toThrow('a bug');
});
