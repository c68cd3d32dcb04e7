import type { Browser } from '../browser.ts';
import type { ProcessNames } from './process-sampler.ts';

/** Names for the processes that the browser started itself. */
export function processNames(
  browser: Pick<Browser, 'strip' | 'plugin'> & { readonly shell?: Browser['shell'] },
): ProcessNames {
  return {
    describe(pid) {
      const tabs = browser.strip.tabs.filter((tab) => tab.pid === pid);
      const [first] = tabs;
      if (first)
        return { type: 'tab', title: first.contents.getTitle().slice(0, 1024), tabs: tabs.map((tab) => tab.id) };
      if (browser.shell?.pid === pid) return { type: 'shell', title: 'Shell', tabs: [] };
      if (browser.plugin.pid === pid) return { type: 'plugin', title: browser.plugin.name, tabs: [] };
      return undefined;
    },
  };
}
