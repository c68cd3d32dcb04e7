import type { ScrollPosition } from '@bulkhead/contracts';

/** Delay from a scroll to its report, ms. One report covers all scrolls within it. */
const delayMs = 250;

export const scrollPlace = (): ScrollPosition => ({ x: window.scrollX, y: window.scrollY });

/** Reports the scroll position shortly after the document was scrolled. */
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
