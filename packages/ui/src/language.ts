/** The languages that every string exists in; the first is the one for everybody else. */
export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** The language for a BCP 47 tag such as the system's, `navigator.language`. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? languages[0];
}
