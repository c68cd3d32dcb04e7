import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { TabClosing } from './tab-closing.ts';

/** A tab whose page answers, unless told otherwise. */
function makeTab({ isSlowed = false, responsive = true } = {}) {
  const commands: string[] = [];
  const contents = Object.assign(new EventEmitter(), {
    close: () => commands.push('close'),
    debugger: {
      isAttached: () => false,
      attach: () => undefined,
      sendCommand: async (name: string) => commands.push(name),
    },
  });
  const tab = Object.assign(new EventEmitter(), {
    contents,
    commands,
    connection: { responsive, close: () => commands.push('close port') },
    pid: 4312,
    throttle: { isSlowed, release: () => undefined },
    kill: () => commands.push('kill'),
    guard: (run: () => unknown) => run(),
  });
  const closing = new TabClosing(tab as unknown as ConstructorParameters<typeof TabClosing>[0]);
  const destroy = () => {
    contents.emit('destroyed');
    tab.emit('closed');
  };
  return { tab, commands, closing, destroy };
}

test('a page that answers runs its last handlers, and its contents are closed if it takes too long', async () => {
  const { commands, closing } = makeTab();
  closing.request();
  expect(commands).toEqual(['close port', 'Page.enable', 'Page.setInterceptFileChooserDialog', 'Page.close']);
  await vi.waitFor(() => expect(commands.at(-1)).toBe('close'));
});

test('a page that does not answer is closed at once, and nothing is closed after its end', async () => {
  const { commands, closing, destroy } = makeTab({ responsive: false });
  const left = closing.leaveWithWindow();
  expect(commands).toEqual(['close port', 'close']);
  destroy();
  await left;
  expect(commands).toEqual(['close port', 'close']);
  closing.request();
  expect(closing.isRequested).toBe(false);
});

test('a page that floods the browser is killed before its tab is closed', async () => {
  const { tab, commands, closing } = makeTab({ isSlowed: true });
  closing.request();
  expect(commands).toEqual(['kill']);
  tab.emit('ended');
  await vi.waitFor(() => expect(commands).toContain('close port'));
});

test('pressing again requests nothing twice', () => {
  const { tab, closing } = makeTab();
  let requests = 0;
  tab.on('closing', () => {
    requests += 1;
  });
  closing.request();
  closing.request();
  expect(requests).toBe(1);
});

test('only a tab that neither the user, the browser nor the window closes is closed by its page', () => {
  expect(makeTab().closing.isByPage).toBe(true);
  const requested = makeTab().closing;
  requested.request();
  expect(requested.isByPage).toBe(false);
  const left = makeTab().closing;
  void left.leaveWithWindow();
  expect(left.isByPage).toBe(false);
});

test('once the contents are being closed, only the events of their end are handled', () => {
  const { closing } = makeTab();
  expect(closing.hears('did-navigate')).toBe(true);
  expect(closing.hears('close')).toBe(false);
  expect(closing.hears('did-navigate')).toBe(false);
  expect(closing.hears('destroyed')).toBe(true);
});
