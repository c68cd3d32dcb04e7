import { expect, test } from './test.ts';

test('an address that cannot be loaded, and the password in it, stay out of the log', async ({
  launchUndriven,
  pages,
}) => {
  const undriven = await launchUndriven([pages.counter('Alpha')]);
  await undriven.go('http://user:secret@127.0.0.1:9/private');
  await expect.poll(() => undriven.shellText()).toContain('ERR_UNSAFE_PORT');
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.log).not.toMatch(/secret|private|Failed to load URL/);
});
