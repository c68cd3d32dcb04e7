import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Mapping, mappingsOf } from './system.ts';
import { expect, test } from './test.ts';

const side = 16;

/** A page that paints one square with these pixels (red, green, blue, alpha), one for each pixel of the screen. */
const painting = (pixels: Buffer) => `
<canvas width="${side}" height="${side}"></canvas>
<script>
  const canvas = document.querySelector('canvas');
  canvas.style.width = canvas.style.height = ${side} / devicePixelRatio + 'px';
  const pixels = Uint8ClampedArray.from(atob('${pixels.toString('base64')}'), (c) => c.charCodeAt(0));
  canvas.getContext('2d').putImageData(new ImageData(pixels, ${side}, ${side}), 0, 0);
</script>`;

/** Returns the content of a process's mapping, as the kernel shows it. */
async function contentOf(pid: number, { start, end }: Mapping): Promise<Buffer> {
  await using memory = await open(`/proc/${pid}/mem`);
  const { buffer } = await memory.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer;
}

test('only browser and plugin map the same memory, and the plugin reads what the browser writes', async ({
  launch,
  pages,
}) => {
  const pixels = randomBytes(side * side * 4).map((byte, index) => (index % 4 === 3 ? 255 : byte));
  const pattern = pages.html('Pattern', painting(Buffer.from(pixels)));
  const bulkhead = await launch([pages.counter('Before')]);
  const plugin = await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  await expect(bulkhead.plugin).toContainText('by memory');

  const shared = (mapping: Mapping) => mapping.name.startsWith('/memfd:') && mapping.name.includes('frame-stats');
  const inBrowser = (await mappingsOf(bulkhead.pid)).filter(shared);
  const inPlugin = (await mappingsOf(plugin)).filter(shared);
  expect(inBrowser.length).toBeGreaterThan(0);
  expect(inPlugin.map(({ inode }) => inode).sort()).toEqual(inBrowser.map(({ inode }) => inode).sort());
  for (const pid of await bulkhead.processes()) {
    if (pid === bulkhead.pid || pid === plugin) continue;
    const inodes = (await mappingsOf(pid)).map(({ inode }) => inode);
    for (const { inode } of inPlugin) expect(inodes).not.toContain(inode);
  }

  // The pixels are in the part that is read-only for the plugin.
  const largest = (mappings: Mapping[]) => mappings.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0]!;
  const written = largest(inBrowser);
  const read = largest(inPlugin);
  expect(read.inode).toBe(written.inode);
  expect(written.writable).toBe(true);
  expect(read.writable).toBe(false);

  // Frames have blue first.
  const firstRow = Buffer.from(pixels.subarray(0, side * 4)).swap32();
  const row = Buffer.from(firstRow.map((_, index) => pixels[index - (index % 4) + ([2, 1, 0, 3][index % 4] ?? 0)]!));
  const found = async (pid: number, mapping: Mapping) => (await contentOf(pid, mapping)).includes(row);
  expect(await found(plugin, read)).toBe(false);
  await bulkhead.go(pattern);
  await expect(bulkhead.tab('Pattern')).toBeVisible();
  await expect.poll(() => found(bulkhead.pid, written)).toBe(true);
  expect(await found(plugin, read)).toBe(true);
});

test('no pixel goes through the port: it carries some hundred bytes a frame while megabytes are shared', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Animated')]);
  await bulkhead.showFigures();
  const bytesOf = async (what: 'by memory' | 'by port') => {
    const [, amount, unit] =
      new RegExp(`([\\d.,]+) (B|[KMG]iB) ${what}`).exec((await bulkhead.plugin.textContent()) ?? '') ?? [];
    const power = ['B', 'KiB', 'MiB', 'GiB'].indexOf(unit ?? '');
    return Number(amount?.replaceAll(',', '')) * 1024 ** power;
  };
  await expect.poll(() => bytesOf('by memory')).toBeGreaterThan(100 * 1024 ** 2);
  const { width, height } = (await bulkhead.shell.getByRole('tabpanel').boundingBox())!;
  const frames = (await bytesOf('by memory')) / (width * height * 4);
  expect(frames).toBeGreaterThan(10);
  expect((await bytesOf('by port')) / frames).toBeLessThan(1024);
});
