import { expect, test } from 'vitest';
import { hasDisplay } from './display.ts';
import { executableIn, whatElsewhereMeans } from './platform.ts';

test.each([
  ['linux', '/d/electron'],
  ['darwin', '/d/Electron.app/Contents/MacOS/Electron'],
  ['win32', '/d/electron.exe'],
] as const)('on %s the executable is %s', (platform, file) => expect(executableIn('/d', platform)).toBe(file));

test('names the missing features in one line on any system except Linux', () => {
  expect(whatElsewhereMeans('linux')).toBeUndefined();
  expect(whatElsewhereMeans('darwin')).toMatch(/^this is macOS, and only Linux is tested: .*copied.*README/);
  expect(whatElsewhereMeans('win32')).toContain('this is Windows');
  expect(whatElsewhereMeans('aix')).not.toContain('\n');
});

test('macOS and Windows have a display, whatever the environment says', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
  expect(hasDisplay({}, 'win32')).toBe(true);
});
