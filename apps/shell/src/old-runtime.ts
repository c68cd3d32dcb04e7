/** The newest Electron that Bulkhead is made for. */
export const newestElectron = 45;
/** Electron mends its three newest major versions. */
const supportedMajors = 3;

/** Does nobody mend this Electron any more? `version`: such as `33.2.1`. */
export function isOldRuntime(version: string): boolean {
  const major = Number.parseInt(version, 10);
  return major <= newestElectron - supportedMajors;
}
