import type { Page } from '@playwright/test';

/** Color of most of the page below. */
export const colour = [12, 130, 90] as const;

/** A page that paints all the time. */
export const animated = `<style>
  html { background: rgb(${colour}) }
  div { width: 60px; height: 60px; background: gold; animation: turn 2s linear infinite }
  @keyframes turn { to { rotate: 1turn } }
</style><div></div>`;

/** Returns the pixel near the lower right corner of the plugin's small frame. */
export const colourInPicture = (page: Page) =>
  page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    return [...(canvas.getContext('2d')?.getImageData(0.9 * width, 0.9 * height, 1, 1).data ?? [])];
  });
