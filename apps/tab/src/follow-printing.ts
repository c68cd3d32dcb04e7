import { windowsOf } from './objections.ts';

/**
 * Says when the page begins to wait for the system's print window, and when it waits no more. The runtime tells the
 * browser nothing of it, and cannot close that window (Electron 33: it stays on the screen when the page's process ends,
 * and then prints nothing). These events come right before the window opens and right after it has closed.
 *
 * Many pages print a frame of their own: frames that this document may look into are followed, too.
 */
export function followPrinting(tell: (printing: boolean) => void): void {
  // A page may dispatch such events, too.
  const begin = ({ isTrusted }: Event) => isTrusted && tell(true);
  const end = ({ isTrusted }: Event) => isTrusted && tell(false);
  const follow = () => {
    for (const each of windowsOf(window)) {
      // A second time changes nothing.
      each.addEventListener('beforeprint', begin);
      each.addEventListener('afterprint', end);
    }
  };
  follow();
  const onLoad = ({ target }: Event) => target instanceof HTMLIFrameElement && follow();
  document.addEventListener('load', onLoad, { capture: true });
}
