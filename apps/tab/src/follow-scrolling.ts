import type { ScrollPosition } from '@bulkhead/contracts';

/** Told so long after the first scroll of a movement, and again while it lasts, ms. */
const delayMs = 250;

export const scrollPlace = (): ScrollPosition => ({ x: window.scrollX, y: window.scrollY });

/** Says where the document is scrolled to, a moment after it was scrolled. */
export function followScrolling(tell: (place: ScrollPosition) => void): void {
  let isDue = false;
  const note = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      tell(scrollPlace());
    }, delayMs);
  };
  document.addEventListener('scroll', note, { passive: true });
}
