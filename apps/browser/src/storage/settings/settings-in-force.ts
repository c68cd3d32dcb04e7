import { nativeTheme } from 'electron';
import type { Browser } from '../../browser.ts';
import { isInternal } from '../../tabs/navigation-policy.ts';

/** Has what a person chooses take effect on what is open. What others ask for when they need it is not here. */
export class SettingsInForce {
  constructor({ settings, strip, shell }: Pick<Browser, 'settings' | 'strip' | 'shell'>) {
    let { theme, language } = settings.chosen;
    settings.on('changed', () => {
      const { chosen } = settings;
      if (chosen.theme !== theme) nativeTheme.themeSource = chosen.theme;
      if (chosen.language !== language) {
        // A document speaks one language for as long as it lives.
        shell.reload();
        for (const tab of strip.tabs) if (isInternal(tab.committedAddress) && tab.showsPage) tab.reload();
      }
      ({ theme, language } = chosen);
    });
  }
}
