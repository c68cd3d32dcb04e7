/**
 * Says when the page begins to wait for the system's print window, and when it waits no more. The runtime tells the
 * browser nothing of it, and cannot close that window (Electron 33: it stays on the screen when the page's process ends,
 * and then prints nothing). These events come right before the window opens and right after it has closed.
 */
export function followPrinting(tell: (printing: boolean) => void): void {
  // A page may dispatch such events, too.
  window.addEventListener('beforeprint', ({ isTrusted }) => isTrusted && tell(true));
  window.addEventListener('afterprint', ({ isTrusted }) => isTrusted && tell(false));
}
