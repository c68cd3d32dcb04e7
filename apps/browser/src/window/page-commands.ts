import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import type { PageCommand } from './shortcuts.ts';
import { zoomedFrom } from './zoom.ts';

/** A script world in which `print` is still Chromium's own: neither the page nor Electron has replaced it. */
const untouchedWorld = 1001;

const hasSource = /^(https?|file):/;

/** Runs a keyboard command of the user on the page of a tab. */
export function runPageCommand(name: PageCommand, tab: Tab, strip: TabStrip): void {
  const { contents, committedAddress } = tab;
  switch (name) {
    case 'reload-anew':
      tab.reload({ anew: true });
      break;
    case 'zoom-in':
    case 'zoom-out':
    case 'zoom-reset':
      contents.setZoomFactor(zoomedFrom(contents.getZoomFactor(), name));
      break;
    case 'print':
      // A tab without a page has nothing to print.
      if (tab.showsPage)
        contents.executeJavaScriptInIsolatedWorld(untouchedWorld, [{ code: 'print()' }], true).catch(() => undefined);
      break;
    case 'view-source':
      if (!tab.showsPage || !hasSource.test(committedAddress)) break;
      // Electron requests the source with GET. For the answer to a form that is another page.
      if (tab.answersForm) tab.note({ refused: { what: 'source' } });
      else strip.open(`view-source:${committedAddress}`, { behind: tab });
      break;
    case 'developer-tools':
      if (contents.isDevToolsOpened()) contents.closeDevTools();
      else contents.openDevTools({ mode: 'detach' });
      break;
  }
}
