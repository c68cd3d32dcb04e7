import { nativeTheme } from 'electron';
import type { Browser } from '../../browser.ts';
import { isInternal } from '../../tabs/navigation-policy.ts';

/** Applies changed settings to what is open. Settings that their users read when they need them are not here. */
export class SettingsInForce {
  constructor({ settings, strip, shell }: Pick<Browser, 'settings' | 'strip' | 'shell'>) {
    let { theme, language } = settings.chosen;
    settings.on('changed', () => {
      const { chosen } = settings;
      if (chosen.theme !== theme) nativeTheme.themeSource = chosen.theme;
      if (chosen.language !== language) {
        // A document does not change its language: reload it.
        shell.reload();
        for (const tab of strip.tabs) if (isInternal(tab.committedAddress) && tab.showsPage) tab.reload();
      }
      ({ theme, language } = chosen);
    });
  }
}
