/** Chromium switches that remove the sandbox, or the walls between sites. */
export const weakeningSwitches = [
  'no-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-namespace-sandbox',
  'disable-gpu-sandbox',
  'gpu-sandbox-allow-sysv-shm',
  'gpu-sandbox-failures-fatal',
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
  // Chromium ends a page's process for messages that no page sends.
  'disable-kill-after-bad-ipc',
  // Pages get functions for tests, including ones that access the browser's own interfaces (Mojo).
  'enable-blink-test-features',
  // Pages of these origins could drive the browser by its debugger, where that has a port.
  'remote-allow-origins',
  // These start a program of the caller's choice instead of a child process.
  'browser-subprocess-path',
  'zygote-cmd-prefix',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
] as const;

/** A switch with a list of values, some of which weaken a wall. */
interface WeakeningValues {
  readonly name: string;
  readonly between: RegExp;
  readonly weakens: (value: string) => boolean;
}

/** Chromium features that are walls: between sites, and around processes of their own. */
const walls =
  /^(IsolateOrigins|SitePerProcess|site-per-process|StrictOriginIsolation|IsolateSandboxedIframes|NetworkService(Sandbox|SyscallFilter|FileAllowlist)|AudioService(Sandbox|OutOfProcess))(?=[<:]|$)/i;
/** Would let any page access the browser's own interfaces. */
const tools = /^MojoJS/i;
/** The network service would run in the browser's process, outside every sandbox. */
const withoutProcess = /^NetworkServiceInProcess/i;
/**
 * Flags of the JavaScript engine that change its output, its garbage collection, or its memory use. Most others are for
 * its developers, and some let a page's script write anywhere in its process.
 */
const harmlessFlags =
  /^-*(trace-|max-|min-|initial-|semi-space-|expose-gc$|gc-interval|stack-trace-limit|jitless$|lite-mode$)/;

const weakeningValues: readonly WeakeningValues[] = [
  { name: 'disable-features', between: /,/, weakens: (feature) => walls.test(feature) },
  { name: 'enable-features', between: /,/, weakens: (feature) => tools.test(feature) || withoutProcess.test(feature) },
  { name: 'enable-blink-features', between: /,/, weakens: (feature) => tools.test(feature) },
  {
    name: 'js-flags',
    between: /[\s,]+/,
    weakens: (flag) => flag !== '' && !harmlessFlags.test(flag.replaceAll('_', '-')),
  },
];

/** The used part of Electron's `app.commandLine`. */
interface Switches {
  hasSwitch(name: string): boolean;
  getSwitchValue(name: string): string;
}

/** Returns the first switch that weakens a wall, as it was given, or undefined. */
export function weakeningSwitch(given: Switches): string | undefined {
  const found = weakeningSwitches.find((name) => given.hasSwitch(name));
  if (found) return `--${found}`;
  for (const { name, between, weakens } of weakeningValues) {
    const values = given.getSwitchValue(name).split(between);
    const value = values.map((each) => each.trim()).find(weakens);
    if (value !== undefined) return `--${name}=${value}`;
  }
  return undefined;
}
