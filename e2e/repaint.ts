import type { Page } from '@playwright/test';

/** Changes the content of a page, so that a plugin that watches frames is told. */
export const repaint = (page: Page, colour: string): Promise<void> =>
  page.evaluate((value) => {
    document.body.style.background = value;
    document.body.textContent = '';
  }, colour);
