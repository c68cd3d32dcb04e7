/** Longest that the first view waits for a driver, ms: one that never says that it is there is not waited for for ever. */
const patienceMs = 10_000;

/** What Playwright puts on every Electron application's command line. */
const driverSwitches = ['--inspect=0', '--remote-debugging-port=0'];

/** Has Playwright started this program? */
export const isDriven = (argv: readonly string[]): boolean => driverSwitches.every((each) => argv.includes(each));

/**
 * Resolves when no driver is attaching any more; at once when none has started this program. Playwright attaches while
 * the application starts, waits for every view that it finds to show a page, and does so for ever when a view's first
 * page comes at the wrong moment. With no view before it has attached there is none to lose. It says that it has by
 * calling `__playwright_run`, for which its own loader of applications waits in the same way.
 */
export function driverAttached(argv: readonly string[]): Promise<void> {
  if (!isDriven(argv)) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs);
    Object.assign(globalThis, { __playwright_run: resolve });
  });
}
