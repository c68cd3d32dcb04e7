/** Longest wait of the first view for Playwright to attach, ms. */
const patienceMs = 10_000;

/** Arguments that Playwright puts on every Electron application's command line. */
const driverSwitches = ['--inspect=0', '--remote-debugging-port=0'];

/** Says whether Playwright has started this program. */
export const isDriven = (argv: readonly string[]): boolean => driverSwitches.every((each) => argv.includes(each));

/**
 * Resolves when Playwright has attached, or at once when it has not started this program. Playwright attaches while the
 * application starts, waits for every view that it finds to show a page, and waits forever when a view's first page
 * commits at the wrong moment. Without a view before it has attached, that cannot happen. It reports that it has
 * attached by calling `__playwright_run`, for which its own application loader waits in the same way.
 */
export function driverAttached(argv: readonly string[]): Promise<void> {
  if (!isDriven(argv)) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs);
    Object.assign(globalThis, { __playwright_run: resolve });
  });
}
