const names: Record<string, string> = { darwin: 'macOS', win32: 'Windows', freebsd: 'FreeBSD' };

/** Returns the common name of a system for Node's `platform`. */
export const systemName = (platform: string): string => names[platform] ?? platform;

/** Node's name of this system. The page's server passes it if it is not Linux. */
export const platform: string = document.documentElement.dataset.elsewhere ?? 'linux';
