import path from 'node:path';

// Differences between systems, by `process.platform`. Only Linux is tested.

/** Returns the path of the executable in a distribution of Electron. */
export function executableIn(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return path.join(folder, 'Electron.app/Contents/MacOS/Electron');
  return path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
}

const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows', freebsd: 'FreeBSD' };

/** Returns one line about the missing features of an untested system; undefined on Linux. */
export function whatElsewhereMeans(platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === 'linux') return undefined;
  return (
    `this is ${names[platform] ?? platform}, and only Linux is tested: here frames are copied instead of shared, ` +
    'the plugin is not locked down, and data from /proc is missing (README.md has the list)'
  );
}
