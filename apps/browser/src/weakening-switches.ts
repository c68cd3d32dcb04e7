/** Switches of Chromium that take the sandbox, or the walls between sites, away. */
export const weakeningSwitches = [
  'no-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-namespace-sandbox',
  'disable-gpu-sandbox',
  'no-zygote',
  'no-zygote-sandbox',
  'allow-sandbox-debugging',
  'single-process',
  'in-process-gpu',
  'process-per-site',
  'renderer-process-limit',
  'disable-web-security',
  'disable-site-isolation-trials',
  'disable-site-isolation-for-policy',
  // These put a program of the caller's choice in front of a child process.
  'browser-subprocess-path',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
] as const;

/** Features of Chromium that are walls between sites: `--disable-features` must not name them. */
const walls =
  /^(IsolateOrigins|SitePerProcess|site-per-process|StrictOriginIsolation|NetworkServiceSandbox)(?=[<:]|$)/i;

/** What of Electron's `app.commandLine` is used. */
interface Switches {
  hasSwitch(name: string): boolean;
  getSwitchValue(name: string): string;
}

/** Returns the first switch that weakens a wall, as it was given; undefined when there is none. */
export function weakeningSwitch(given: Switches): string | undefined {
  const found = weakeningSwitches.find((name) => given.hasSwitch(name));
  if (found) return `--${found}`;
  const disabled = given.getSwitchValue('disable-features').split(',');
  const wall = disabled.find((feature) => walls.test(feature.trim()));
  return wall === undefined ? undefined : `--disable-features=${wall.trim()}`;
}
