import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { build, preview } from 'vite';
import gallery from '../gallery/vite.config.ts';
import { where } from './launch.ts';
import { expect, test } from './test.ts';

/** The version whose pictures are in the repository. Others draw text a little differently. */
const electronOfPictures = 33;
/** A small text has more pixels than this share of a picture; rounding in the drawing of a processor does not. */
const accuracy = { maxDiffPixelRatio: 0.0003, threshold: 0.1, timeout: 10_000 };

const looks = {
  'en-light': { language: 'en', theme: 'light', width: 720 },
  'ko-dark': { language: 'ko', theme: 'dark', width: 720 },
  narrow: { language: 'en', theme: 'light', width: 400 },
} as const;
type Look = keyof typeof looks;

test('every component and every state of the shell looks as in its picture', async ({ launch, folder }, testInfo) => {
  const { version } = where();
  test.skip(Number.parseInt(version, 10) !== electronOfPictures || process.platform !== 'linux', 'no pictures for it');
  test.setTimeout(300_000);
  const options = { ...gallery, logLevel: 'silent' as const };
  const built = { ...gallery.build, outDir: path.join(folder, 'gallery') };
  await build({ ...options, build: built });
  await using ends = new AsyncDisposableStack();
  const server = await preview({ ...options, build: built, preview: { ...gallery.preview, port: 0 } });
  ends.defer(() => server.close());
  const address = new URL('gallery/', server.resolvedUrls?.local[0]).href;
  const bulkhead = await launch([address], {
    switches: ['--force-device-scale-factor=1', '--disable-lcd-text', '--force-color-profile=srgb'],
    environment: { TZ: 'UTC' },
  });
  const page = await bulkhead.page(address);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const fixtures = await page.getByRole('link').evaluateAll((links) =>
    links.map((link) => {
      const { document = '', part = '', pictures = '' } = (link as HTMLElement).dataset;
      return { name: link.textContent ?? '', document, part, pictures: pictures.split(' ') };
    }),
  );
  const show = async (name: string) => {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, name);
    await expect(page.locator('html')).toHaveAttribute('data-shown', name);
  };

  const pictures = new Set<string>();
  for (const [look, { language, theme, width }] of Object.entries(looks) as [Look, (typeof looks)[Look]][]) {
    for (const document of ['ui', 'shell']) {
      const chosen = fixtures.filter((each) => each.document === document && each.pictures.includes(look));
      if (!chosen[0]) continue;
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${address}${document}.html?language=${language}&theme=${theme}#${chosen[0].name}`);
      for (const { name, part } of chosen) {
        await show(name);
        pictures.add(`${name}-${look}.png`);
        await expect.soft(page.locator(part)).toHaveScreenshot(`${name}-${look}.png`, accuracy);
      }
    }
  }
  expect(errors).toEqual([]);
  const kept = await readdir(path.dirname(testInfo.snapshotPath('one')));
  expect(kept.sort(), 'pictures without a fixture, or fixtures without a picture').toEqual([...pictures].sort());

  // A changed word and a changed line are found.
  const changes = [
    () => {
      document.querySelector('h2')!.textContent = 'This tab crashed today';
    },
    () => document.documentElement.style.setProperty('--line', 'red'),
  ];
  for (const change of changes) {
    await page.setViewportSize({ width: 720, height: 800 });
    await page.goto(`${address}shell.html?language=en&theme=light#sad-tab-killed`);
    await show('sad-tab-killed');
    await page.evaluate(change);
    await expect(page.locator('[role=tabpanel] > section')).not.toHaveScreenshot(
      'sad-tab-killed-en-light.png',
      accuracy,
    );
  }
});
