import path from 'node:path';

// What differs between systems, each by the system's name as Node has it. Linux is what is tested.

/** Where a distribution of Electron has its executable, as a path inside its folder. */
export function executableIn(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return path.join(folder, 'Electron.app/Contents/MacOS/Electron');
  return path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
}

const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows', freebsd: 'FreeBSD' };

/** One line for who starts it where nobody has tried it; undefined on Linux. */
export function whatElsewhereMeans(platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === 'linux') return undefined;
  return (
    `this is ${names[platform] ?? platform}, and only Linux is tested: here frames are copied instead of shared, ` +
    'the plugin is not locked down, and what reads /proc does without (README.md has the list)'
  );
}
