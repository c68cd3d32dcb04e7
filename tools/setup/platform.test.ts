import { expect, test } from 'vitest';
import { hasDisplay } from './display.ts';
import { executableIn, whatElsewhereMeans } from './platform.ts';

test.each([
  ['linux', '/d/electron'],
  ['darwin', '/d/Electron.app/Contents/MacOS/Electron'],
  ['win32', '/d/electron.exe'],
] as const)('on %s the executable is %s', (platform, file) => expect(executableIn('/d', platform)).toBe(file));

test('says in one line, on any system but Linux, what it does without', () => {
  expect(whatElsewhereMeans('linux')).toBeUndefined();
  expect(whatElsewhereMeans('darwin')).toMatch(/^this is macOS, and only Linux is tested: .*copied.*README/);
  expect(whatElsewhereMeans('win32')).toContain('this is Windows');
  expect(whatElsewhereMeans('aix')).not.toContain('\n');
});

test('a system with a desktop of its own has a display, whatever the environment says', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
  expect(hasDisplay({}, 'win32')).toBe(true);
});
