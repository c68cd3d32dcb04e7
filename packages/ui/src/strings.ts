import { createInstance } from 'i18next';
import { withParticles } from './korean-particles.ts';
import type { Language } from './language.ts';

/** One language's strings by key. A key that ends in `_one` or `_other` is a plural form of the key before it. */
export type Strings = Readonly<Record<string, string>>;

type PluralForm = '_one' | '_other';
type BaseKey<Key extends string> = Key extends `${infer Base}${PluralForm}` ? Base : Key;
type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
/** The placeholders of a key, in whichever of its plural forms they stand. */
type PlaceholdersOf<English extends Strings, Key extends string> = {
  [Form in keyof English & string]: BaseKey<Form> extends Key ? Placeholders<English[Form]> : never;
}[keyof English & string];
type Arguments<Name extends string> = [Name] extends [never]
  ? []
  : [values: { [Key in Name]: Key extends 'count' ? number : string | number }];

/** Every string of English, in a language that has one plural form. */
export type Translated<English extends Strings> = {
  [Key in keyof English as Key extends `${string}_one` ? never : Key]: string;
};
export type Translate<English extends Strings> = <Key extends BaseKey<keyof English & string>>(
  key: Key,
  ...values: Arguments<PlaceholdersOf<English, Key>>
) => string;

/** The strings of one application in one language: a function that takes only keys and placeholders that exist. */
export function createStrings<const English extends Strings>(
  language: Language,
  strings: { en: English; ko: Translated<English> },
): Translate<English> {
  const say = createWords(language, strings);
  return (key, ...values) => say(key as string, values[0]);
}

/** The same of strings that are known only when the program runs. A key that there is none of is said as it stands. */
export function createWords(
  language: Language,
  { en, ko }: { en: Strings; ko: Strings },
): (key: string, values?: Readonly<Record<string, string | number>>) => string {
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: { en: { translation: en }, ko: { translation: ko } },
    initAsync: false,
    // Keys are flat, and what is interpolated is set as text, never as HTML.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  const say = (key: string, values?: Readonly<Record<string, string | number>>) => instance.t(key, { ...values });
  return language === 'ko' ? (key, values) => withParticles(say(key, values)) : say;
}
