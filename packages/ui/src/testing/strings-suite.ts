import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Strings } from '../strings.ts';

const pluralForm = /_(one|other)$/;
const baseKeys = (strings: Strings) => new Set(Object.keys(strings).map((key) => key.replace(pluralForm, '')));
const placeholders = (text: string) => new Set(text.match(/{{\w+}}/g));

/** Tests an application's strings: complete in every language, with the same placeholders, and all in use. */
export function testStrings(strings: { en: Strings; ko: Strings }, sourceFolder: string): void {
  test('has every string in both languages', () => {
    expect([...baseKeys(strings.ko)].sort()).toEqual([...baseKeys(strings.en)].sort());
    for (const text of [...Object.values(strings.en), ...Object.values(strings.ko)]) expect(text.trim()).not.toBe('');
  });

  test('has both plural forms in English and the only one in Korean', () => {
    for (const language of ['en', 'ko'] as const) {
      const plurals = Object.keys(strings[language]).filter((key) => pluralForm.test(key));
      for (const base of new Set(plurals.map((key) => key.replace(pluralForm, '')))) {
        const forms = plurals.filter((key) => key.replace(pluralForm, '') === base).sort();
        expect(forms).toEqual(language === 'en' ? [`${base}_one`, `${base}_other`] : [`${base}_other`]);
      }
    }
  });

  test('fills the same placeholders in both languages', () => {
    for (const [key, text] of Object.entries(strings.ko)) {
      const english = strings.en[key];
      expect(english, key).toBeDefined();
      expect(placeholders(text), key).toEqual(placeholders(english ?? ''));
    }
  });

  test('has no unused string', () => {
    const sources = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|svelte)$/.test(path) && !/(^|\/)strings\/|\.test\.ts$/.test(path))
      .map((path) => readFileSync(join(sourceFolder, path), 'utf8'))
      .join('\n');
    const unused = [...baseKeys(strings.en)].filter((key) => !sources.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });
}
