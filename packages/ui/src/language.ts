/** Languages of the interface. The first one is used for all other system languages. */
export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** Returns the language of this document: the user's choice, which its server passes, or else the system's. */
export function chosenLanguage(): Language {
  const chosen = typeof document === 'undefined' ? undefined : document.documentElement.dataset.language;
  return languageOf(chosen ?? navigator.language);
}

/** Returns the language for a BCP 47 tag, such as `navigator.language`. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? languages[0];
}
