import type { Leaving } from '@bulkhead/contracts';
import { leavingChannel } from '@bulkhead/contracts/leaving-channel';
import { ipcRenderer } from 'electron';
import { objects, windowsOf } from './objections.ts';

/**
 * Has the user asked before a navigation that the page itself begins leaves a document that objects. Chromium waits
 * meanwhile, and goes on with the very navigation: its form, its referrer, its entry in the history.
 *
 * Navigations of the browser's own are held by the browser, which can begin them again.
 */
export function holdLeaving(): void {
  window.navigation?.addEventListener('navigate', (event) => {
    const { navigationType, hashChange, downloadRequest, userInitiated } = event;
    if (navigationType === 'traverse' || hashChange || downloadRequest !== null) return;
    // Chromium has used the activation up when the document is asked.
    const byGesture = userInitiated || navigator.userActivation.isActive;
    const ask = (event: BeforeUnloadEvent) => {
      // As in Chromium: no question of a page that the user has never touched.
      if (!objects(event) || !navigator.userActivation.hasBeenActive) return;
      const question: Leaving = { byGesture };
      ipcRenderer.sendSync(leavingChannel, question);
    };
    // Added now, it comes behind the page's own listeners. The event follows at once, or there is none.
    const windows = windowsOf(window);
    for (const each of windows) each.addEventListener('beforeunload', ask);
    setTimeout(() => {
      for (const each of windows) each.removeEventListener('beforeunload', ask);
    });
  });
}
