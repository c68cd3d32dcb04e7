import { expect, test } from './test.ts';

test('the window is not repainted when only the title of a tab changes', async ({ launch, pages }) => {
  const address = pages.html('Before', '<h1>Still</h1>');
  const bulkhead = await launch([address]);
  await expect(bulkhead.tab('Before')).toBeVisible();
  const page = await bulkhead.page(address);
  // The shell has reported the page's position, and drawn its frame around it.
  const left = () =>
    bulkhead.application.evaluate(({ BaseWindow }) =>
      Math.max(
        ...BaseWindow.getAllWindows().flatMap(({ contentView }) =>
          contentView.children.map((view) => view.getBounds().x),
        ),
      ),
    );
  await expect.poll(left).toBeGreaterThan(0);
  // This call makes Electron repaint the whole window, even if the radius does not change.
  await bulkhead.application.evaluate(({ BaseWindow }) => {
    const painted = { times: 0 };
    Object.assign(globalThis, { painted });
    for (const view of BaseWindow.getAllWindows().flatMap((window) => window.contentView.children)) {
      const setBorderRadius = view.setBorderRadius.bind(view);
      view.setBorderRadius = (radius) => {
        painted.times += 1;
        setBorderRadius(radius);
      };
    }
  });
  await page.evaluate(() => {
    document.title = 'After';
  });
  await expect(bulkhead.tab('After')).toBeVisible();
  const { times } = await bulkhead.application.evaluate(
    () => (globalThis as unknown as { painted: { times: number } }).painted,
  );
  expect(times).toBe(0);
});
