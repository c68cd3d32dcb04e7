import { expect, test } from 'vitest';
import { weakeningSwitch, weakeningSwitches } from './weakening-switches.ts';

const given = (switches: Record<string, string>) => ({
  hasSwitch: (name: string) => name in switches,
  getSwitchValue: (name: string) => switches[name] ?? '',
});

test.each(weakeningSwitches)('--%s is refused', (name) => {
  expect(weakeningSwitch(given({ lang: 'en', [name]: '' }))).toBe(`--${name}`);
});

test.each([
  ['disable-features', 'IsolateOrigins'],
  ['disable-features', 'Translate, SitePerProcess'],
  ['disable-features', 'site-per-process<Trial'],
  ['disable-features', 'networkservicesandbox'],
  ['disable-features', 'NetworkServiceSyscallFilter'],
  ['disable-features', 'AudioServiceOutOfProcess'],
  ['enable-features', 'MojoJS'],
  ['enable-features', 'Translate,NetworkServiceInProcess2'],
  ['enable-blink-features', 'EyeDropperAPI,MojoJSTest'],
  ['js-flags', '--allow-natives-syntax'],
  ['js-flags', '--max-old-space-size=280 --allow_natives_syntax'],
  ['js-flags', '--trace-gc,--no-wasm-bounds-checks'],
  ['js-flags', 'sandbox-testing'],
])('a value of --%s that weakens a wall is refused: %s', (name, values) => {
  const refused = weakeningSwitch(given({ [name]: values }));
  expect(refused).toMatch(new RegExp(`^--${name}=\\S`));
  expect(values).toContain(refused?.slice(`--${name}=`.length));
});

test.each<Record<string, string>>([
  {},
  { 'disable-features': 'Translate,IsolateOriginsTooltip' },
  { 'enable-blink-features': 'EyeDropperAPI' },
  { 'js-flags': '' },
  { 'js-flags': ' --max-old-space-size=280,--max_semi_space_size=4  --expose_gc ' },
  { 'js-flags': '--trace-gc' },
  { 'disable-gpu': '' },
])('other switches are accepted: %j', (switches) => {
  expect(weakeningSwitch(given(switches))).toBeUndefined();
});
