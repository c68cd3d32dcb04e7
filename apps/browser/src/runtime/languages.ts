import type { Session } from 'electron';

/** The languages of the browser process's texts. */
export type Language = 'en' | 'ko';

/** Returns the shell's language: the chosen one, or the system's. `locale`: the system's, a BCP 47 tag. */
export const spokenLanguage = (chosen: Language | 'system', locale: string): Language =>
  chosen !== 'system' ? chosen : /^ko\b/i.test(locale) ? 'ko' : 'en';

/**
 * Returns the languages that Chrome requests from pages when its interface language is `locale`, most preferred first.
 * Electron always puts the language itself first: Korean is `ko`, as in Chrome when the user chooses it, and not
 * `ko-KR`.
 */
export function pageLanguages(locale: string): string[] {
  const [language = 'en'] = locale.split('-');
  return [...new Set([locale, ...(language === 'en' ? [] : [language]), 'en-US', 'en'])];
}

/**
 * Reports the same languages to pages by script (`navigator.languages`) and by header (`Accept-Language`), in Chrome's
 * form. Electron makes the former from its locale and the system's list, which on Linux comes from the environment and
 * contains `c` as a language, and would make the latter from its locale alone. Call it before the first view, when
 * Electron is ready.
 */
export function tellLanguages(session: Session, userAgent: string, locale: string): void {
  const languages = pageLanguages(locale);
  // Glib adds `en` after `en_US` by itself.
  const others = languages.slice(1).filter((each) => each !== 'en' || !languages.slice(1).includes('en-US'));
  if (process.platform === 'linux') process.env.LANGUAGE = others.map((each) => each.replace('-', '_')).join(':');
  session.setUserAgent(userAgent, languages.join(','));
}
