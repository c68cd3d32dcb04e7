/** The languages that every string exists in; the first is the one for everybody else. */
export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** The language of this document: what its server says that a person chose, or else the system's. */
export function chosenLanguage(): Language {
  const chosen = typeof document === 'undefined' ? undefined : document.documentElement.dataset.language;
  return languageOf(chosen ?? navigator.language);
}

/** The language for a BCP 47 tag such as the system's, `navigator.language`. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? languages[0];
}
