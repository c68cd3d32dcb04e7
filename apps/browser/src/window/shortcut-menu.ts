import { type BaseWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { KeyEvent } from './key-presses.ts';
import type { Command } from './shortcuts.ts';

/** The keys of `commandFor`, in the notation of a menu. */
const accelerators: [accelerator: string, command: Command][] = [
  ['Ctrl+T', { name: 'new-tab' }],
  ['Ctrl+W', { name: 'close-tab' }],
  ['Ctrl+Shift+T', { name: 'reopen' }],
  ['Ctrl+L', { name: 'focus-address' }],
  ['Ctrl+R', { name: 'reload' }],
  ['F5', { name: 'reload' }],
  ['Ctrl+Shift+R', { name: 'reload-anew' }],
  ['Ctrl+F5', { name: 'reload-anew' }],
  ['Shift+F5', { name: 'reload-anew' }],
  ['Ctrl+H', { name: 'show-history' }],
  ['Ctrl+U', { name: 'view-source' }],
  ['F12', { name: 'developer-tools' }],
  ['Ctrl+Shift+I', { name: 'developer-tools' }],
  ['F11', { name: 'full-screen' }],
  ['Ctrl+Tab', { name: 'next-tab' }],
  ['Ctrl+Shift+Tab', { name: 'previous-tab' }],
  ['Alt+Left', { name: 'back' }],
  ['Alt+Right', { name: 'forward' }],
  ['Shift+Escape', { name: 'show-processes' }],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit): [string, Command] => [
    `Ctrl+${digit}`,
    { name: 'select-tab', index: digit === 9 ? -1 : digit - 1 },
  ]),
];

/**
 * Receives shortcuts while a Chromium plugin, such as the PDF viewer, has focus. The viewer has its own contents inside
 * a tab, and Electron emits no `before-input-event` for them. Keys that the viewer does not use reach the window's
 * menu, so the window gets a hidden menu. All other contents handle their shortcuts before the menu does.
 */
export function setShortcutMenu(window: BaseWindow, take: (key: KeyEvent, command: Command) => void): void {
  // On macOS the menu belongs to the app and is always shown.
  if (process.platform === 'darwin' || window.isDestroyed()) return;
  let last = { accelerator: '', at: 0 };
  const submenu = accelerators.map(([accelerator, command]): MenuItemConstructorOptions => {
    return {
      label: accelerator,
      accelerator,
      click: () => {
        const now = performance.now();
        // A menu does not report repetitions. Two presses of one key are never this close together.
        const isAutoRepeat = last.accelerator === accelerator && now - last.at < shortestPressMs;
        last = { accelerator, at: now };
        take({ type: 'keyDown', code: undefined, isAutoRepeat }, command);
      },
    };
  });
  window.setMenu(Menu.buildFromTemplate([{ label: 'Bulkhead', submenu }]));
  window.setMenuBarVisibility(false);
}

const shortestPressMs = 60;
