/** Newest major version of Electron that Bulkhead supports. */
export const newestElectron = 45;
/** Number of newest major versions that Electron's maintainers fix. */
const supportedMajors = 3;

/** Returns whether a version of Electron, such as `33.2.1`, no longer gets fixes. */
export function isOldRuntime(version: string): boolean {
  const major = Number.parseInt(version, 10);
  return major <= newestElectron - supportedMajors;
}
