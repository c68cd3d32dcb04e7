import { nativeTheme } from 'electron';
import type { Shell } from '../shell/shell.ts';
import type { Settings } from '../storage/settings/settings.ts';
import { isInternal } from '../tabs/navigation-policy.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

interface Parts {
  settings: Settings;
  strip: TabStrip;
  shell: Shell;
}

/** Applies a changed theme or language to everything that is open. Other settings are read where they are needed. */
export function applySettings({ settings, strip, shell }: Parts): void {
  let { theme, language } = settings.chosen;
  settings.on('changed', () => {
    const { chosen } = settings;
    if (chosen.theme !== theme) nativeTheme.themeSource = chosen.theme;
    if (chosen.language !== language) {
      // A document keeps the language that it was loaded with.
      shell.reload();
      for (const tab of strip.tabs) if (isInternal(tab.committedAddress) && tab.showsPage) tab.reload();
    }
    ({ theme, language } = chosen);
  });
}
