import { createInstance } from 'i18next';
import { withParticles } from './korean-particles.ts';
import type { Language } from './language.ts';

/** Strings of one language by key. A key that ends in `_one` or `_other` is a plural form of the key without it. */
export type Strings = Readonly<Record<string, string>>;

type PluralForm = '_one' | '_other';
type BaseKey<Key extends string> = Key extends `${infer Base}${PluralForm}` ? Base : Key;
type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
/** The placeholders of a key in all its plural forms. */
type PlaceholdersOf<English extends Strings, Key extends string> = {
  [Form in keyof English & string]: BaseKey<Form> extends Key ? Placeholders<English[Form]> : never;
}[keyof English & string];
type Arguments<Name extends string> = [Name] extends [never]
  ? []
  : [values: { [Key in Name]: Key extends 'count' ? number : string | number }];

/** The keys of English, in a language that has one plural form. */
export type Translated<English extends Strings> = {
  [Key in keyof English as Key extends `${string}_one` ? never : Key]: string;
};
export type Translate<English extends Strings> = <Key extends BaseKey<keyof English & string>>(
  key: Key,
  ...values: Arguments<PlaceholdersOf<English, Key>>
) => string;

/**
 * Returns the translation function of an application for one language. It takes only existing keys and placeholders.
 */
export function createStrings<const English extends Strings>(
  language: Language,
  strings: { en: English; ko: Translated<English> },
): Translate<English> {
  const say = createWords(language, strings);
  return (key, ...values) => say(key as string, values[0]);
}

/** Like `createStrings`, for strings that are known only at run time. An unknown key is returned as it is. */
export function createWords(
  language: Language,
  { en, ko }: { en: Strings; ko: Strings },
): (key: string, values?: Readonly<Record<string, string | number>>) => string {
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: { en: { translation: en }, ko: { translation: ko } },
    initAsync: false,
    // Keys are flat, and interpolated values are set as text, never as HTML.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  const say = (key: string, values?: Readonly<Record<string, string | number>>) => instance.t(key, { ...values });
  return language === 'ko' ? (key, values) => withParticles(say(key, values)) : say;
}
