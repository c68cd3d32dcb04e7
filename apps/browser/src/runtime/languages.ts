import type { Session } from 'electron';

/** The languages that the browser process has words in. */
export type Language = 'en' | 'ko';

/** The language of the interface: the chosen one, or that of the system. `locale`: the system's, a BCP 47 tag. */
export const spokenLanguage = (chosen: Language | 'system', locale: string): Language =>
  chosen !== 'system' ? chosen : /^ko\b/i.test(locale) ? 'ko' : 'en';

/**
 * The languages that Chrome asks pages for where its interface speaks `locale`, most wanted first. The runtime always
 * puts the language itself first: Korean is `ko`, as Chrome has it for who chooses it by hand, and not `ko-KR`.
 */
export function pageLanguages(locale: string): string[] {
  const [language = 'en'] = locale.split('-');
  return [...new Set([locale, ...(language === 'en' ? [] : [language]), 'en-US', 'en'])];
}

/**
 * Has pages be told the same languages by script (`navigator.languages`) and by header (`Accept-Language`), in Chrome's
 * form. The runtime makes the former of its locale and of the system's list, which on Linux stands in the environment
 * and names `c` as a language; the latter it would make of its locale alone. Before the first view, once it is ready.
 */
export function tellLanguages(session: Session, userAgent: string, locale: string): void {
  const languages = pageLanguages(locale);
  // Glib names `en` after `en_US` by itself.
  const others = languages.slice(1).filter((each) => each !== 'en' || !languages.slice(1).includes('en-US'));
  if (process.platform === 'linux') process.env.LANGUAGE = others.map((each) => each.replace('-', '_')).join(':');
  session.setUserAgent(userAgent, languages.join(','));
}
