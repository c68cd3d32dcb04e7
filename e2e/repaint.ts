import type { Page } from '@playwright/test';

/** Changes what a page shows, so that a plugin that watches frames is told of it. */
export const repaint = (page: Page, colour: string): Promise<void> =>
  page.evaluate((value) => {
    document.body.style.background = value;
    document.body.textContent = '';
  }, colour);
