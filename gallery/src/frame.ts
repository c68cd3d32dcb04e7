import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-kr';
import './fonts.css';

/** The moment in which all fixtures are: wall clock, ms since 1970. */
export const now = Date.UTC(2026, 10, 30, 9, 0, 0);

const query = new URLSearchParams(location.search);
const { documentElement } = document;
documentElement.dataset.language = query.get('language') ?? 'en';
documentElement.style.colorScheme = query.get('theme') ?? 'light dark';
Date.now = () => now;

/**
 * Shows the fixture that the address names, and each one that it names later. `data-shown` of the document names the
 * one that is on the screen.
 */
export function followAddress(show: (name: string) => void | Promise<void>): void {
  let last = Promise.resolve();
  const follow = async () => {
    const name = decodeURIComponent(location.hash.slice(1));
    delete documentElement.dataset.shown;
    await show(name);
    // Text that is drawn for the first time asks for its part of a font.
    await new Promise(requestAnimationFrame);
    await document.fonts.ready;
    documentElement.dataset.shown = name;
  };
  const next = () => {
    last = last.then(follow).catch((error: unknown) => console.error(error));
  };
  addEventListener('hashchange', next);
  next();
}

/** Looks once a frame until there is something to find. */
export async function until<Found>(look: () => Found | null | undefined | false): Promise<Found> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
}
