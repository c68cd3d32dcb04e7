import { expect, test, vi } from 'vitest';
import { externalScheme, sayRefusedLink } from './refused-links.ts';

test.each([
  ['mailto:ada@a.example', 'mailto'],
  ['tel:+4930', 'tel'],
  ['SMS:+4930', 'sms'],
  ['zoommtg://zoom.us/join', 'zoommtg'],
  ['ftp://a.example/', 'ftp'],
  ['magnet:?xt=1', 'magnet'],
  [`${'x'.repeat(100_000)}:y`, ''],
  ['your.computer.is.infected-call.555:now', ''],
  ['https://a.example/', undefined],
  ['file:///etc/passwd', undefined],
  ['bulkhead://processes/', undefined],
  ['chrome://crash/', undefined],
  ['chrome-extension://a/', undefined],
  ['devtools://devtools/', undefined],
  ['javascript:alert(1)', undefined],
  ['about:srcdoc', undefined],
  ['nonsense', undefined],
  ['', undefined],
])('the scheme of %.40s is reported as %s', (address, scheme) => expect(externalScheme(address)).toBe(scheme));

test('the user is told once for each gesture, and never without one', async () => {
  const note = vi.fn();
  let gestures = 2;
  const tab = {
    note,
    gestures: { consume: () => gestures-- > 0 },
    showsPage: true,
    committedAddress: 'https://a.example/',
  } as unknown as Parameters<typeof sayRefusedLink>[0];
  await sayRefusedLink(tab, 'https://a.example/', () => true);
  for (let index = 0; index < 100; index++) await sayRefusedLink(tab, 'mailto:a@a.example', () => false);
  expect(note).toHaveBeenCalledTimes(2);
  expect(note).toHaveBeenCalledWith({ refused: { what: 'link', scheme: 'mailto' } });
});
