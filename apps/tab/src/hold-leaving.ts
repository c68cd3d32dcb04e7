import type { Leaving } from '@bulkhead/contracts';
import { leavingChannel } from '@bulkhead/contracts/leaving-channel';
import { ipcRenderer } from 'electron';
import { objects, windowsOf } from './objections.ts';

/**
 * Has the browser ask the user before a navigation that the page itself starts leaves a document that objects. Chromium
 * waits meanwhile, and then continues the same navigation, with its form, referrer and history entry.
 *
 * The browser holds the navigations that it starts itself, because it can start them again.
 */
export function holdLeaving(): void {
  window.navigation?.addEventListener('navigate', (event) => {
    const { navigationType, hashChange, downloadRequest, userInitiated } = event;
    if (navigationType === 'traverse' || hashChange || downloadRequest !== null) return;
    // Chromium has consumed the user activation by the time it fires `beforeunload`.
    const byGesture = userInitiated || navigator.userActivation.isActive;
    const ask = (event: BeforeUnloadEvent) => {
      // As in Chromium: a page that the user has never touched may not ask.
      if (!objects(event) || !navigator.userActivation.hasBeenActive) return;
      const question: Leaving = { byGesture };
      ipcRenderer.sendSync(leavingChannel, question);
    };
    // A listener added now runs after the page's own. The event follows at once or not at all.
    const windows = windowsOf(window);
    for (const each of windows) each.addEventListener('beforeunload', ask);
    setTimeout(() => {
      for (const each of windows) each.removeEventListener('beforeunload', ask);
    });
  });
}
