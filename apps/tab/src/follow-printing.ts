import { windowsOf } from './objections.ts';

/**
 * Reports when the page starts and stops waiting for the system's print window. Electron does not tell the browser, and
 * cannot close that window (Electron 33: it stays on the screen when the page's process ends, and then prints nothing).
 * `beforeprint` comes right before the window opens, `afterprint` right after it has closed.
 *
 * Many pages print a subframe. Subframes that this document can access are followed, too.
 */
export function followPrinting(tell: (printing: boolean) => void): void {
  // Ignore events that the page dispatches itself.
  const begin = ({ isTrusted }: Event) => isTrusted && tell(true);
  const end = ({ isTrusted }: Event) => isTrusted && tell(false);
  const follow = () => {
    for (const each of windowsOf(window)) {
      // Adding the same listener again has no effect.
      each.addEventListener('beforeprint', begin);
      each.addEventListener('afterprint', end);
    }
  };
  follow();
  const onLoad = ({ target }: Event) => target instanceof HTMLIFrameElement && follow();
  document.addEventListener('load', onLoad, { capture: true });
}
