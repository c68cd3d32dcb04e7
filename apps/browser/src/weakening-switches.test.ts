import { expect, test } from 'vitest';
import { weakeningSwitch, weakeningSwitches } from './weakening-switches.ts';

const given = (switches: Record<string, string>) => ({
  hasSwitch: (name: string) => name in switches,
  getSwitchValue: (name: string) => switches[name] ?? '',
});

test.each(weakeningSwitches)('--%s is refused', (name) => {
  expect(weakeningSwitch(given({ lang: 'en', [name]: '' }))).toBe(`--${name}`);
});

test.each(['IsolateOrigins', 'Translate, SitePerProcess', 'site-per-process<Trial', 'networkservicesandbox'])(
  'a wall among the features that are switched off is refused: %s',
  (features) => {
    expect(weakeningSwitch(given({ 'disable-features': features }))).toMatch(/^--disable-features=\S/);
  },
);

test.each<Record<string, string>>([
  {},
  { 'disable-features': 'Translate,IsolateOriginsTooltip' },
  { 'disable-gpu': '' },
])('other switches are not: %j', (switches) => {
  expect(weakeningSwitch(given(switches))).toBeUndefined();
});
