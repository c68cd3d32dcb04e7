import { writeFile } from 'node:fs/promises';
import { pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';
const out = '/tmp/shots/lab';
for (const [theme, lang, width, height] of [['dark', 'ko', 400, 1400], ['light', 'ko', 1100, 1500], ['dark', 'en', 1100, 1500]] as const) {
  test(`shots ${theme} ${lang} ${width}`, async ({ launch }) => {
    test.setTimeout(300_000);
    const bulkhead = await launch(['bulkhead://ipc-lab/'], { theme, switches: [`--lang=${lang}`] });
    await bulkhead.application.evaluate(({ BaseWindow }, size) => { const w = BaseWindow.getAllWindows()[0]; w?.setPosition(0, 0); w?.setContentSize(size[0], size[1]); }, [width, height] as [number, number]);
    const page = await bulkhead.page('bulkhead://ipc-lab');
    const address = bulkhead.shell.getByRole('combobox').first();
    const shoot = async (name: string) => {
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${out}/${name}-${theme}-${lang}-${width}.png`, fullPage: true }).catch((e) => console.log(String(e)));
      await pictureOfWindow(bulkhead, `${out}/win-${name}-${theme}-${lang}-${width}.png`);
    };
    await shoot('list');
    for (const id of ['web-and-database?over=rpc', 'mach-ports', 'mailboxes', 'bounded-buffer?pace=step', 'comparison?seconds=3']) {
      await address.fill(`bulkhead://ipc-lab/${id}`);
      await address.press('Enter');
      await expect(page.locator('form')).toBeVisible();
      await page.waitForURL((u) => u.href.includes(id.split('?')[0]));
      await page.locator('form button').first().click();
      if (id.includes('step')) { await page.waitForTimeout(3000); await shoot(id.split('?')[0]); 
        await page.locator('section.actors button').last().click(); }
      await expect(page.getByRole('button', { name: lang === 'ko' ? '다시 실행' : 'Run again' })).toBeVisible({ timeout: 90_000 });
      await shoot(id.split('?')[0] + (id.includes('step') ? '-killed' : ''));
      if (id.startsWith('comparison')) {
        const saved = page.evaluate(() => new Promise<string>((resolve) => {
          const make = URL.createObjectURL.bind(URL);
          URL.createObjectURL = (blob: Blob) => { const r = new FileReader(); r.onload = () => resolve(String(r.result)); r.readAsDataURL(blob); return make(blob); };
        }));
        await page.getByRole('button', { name: /PNG/ }).first().click();
        const data = await saved;
        console.log(data.slice(0, 40));
        await writeFile(`${out}/png-${theme}-${lang}-${width}.png`, Buffer.from(data.split(',')[1] ?? '', 'base64'));
      }
    }
  });
}
