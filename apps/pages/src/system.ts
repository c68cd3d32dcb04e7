const names: Record<string, string> = { darwin: 'macOS', win32: 'Windows', freebsd: 'FreeBSD' };

/** What people call the system that Node calls `platform`. */
export const systemName = (platform: string): string => names[platform] ?? platform;

/** The system that this is, as Node names it: its server says so where it is not Linux. */
export const platform: string = document.documentElement.dataset.elsewhere ?? 'linux';
