import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Lesson, Words } from '../lab/index.ts';
import { lessons, statementOf } from './index.ts';

/** Every key that a page or the command line asks for. */
function keysOf({ answers, roles, parameters }: Lesson): string[] {
  return [
    ...['title', 'idea', 'question'],
    ...answers.flatMap((answer) => [`answer.${answer}`, `outcome.${answer}`]),
    ...roles.map((role) => `role.${role}`),
    ...Object.entries(parameters).flatMap(([name, declared]) => [
      `parameter.${name}`,
      ...(declared.kind === 'choice' ? declared.options.map((option) => `choice.${name}.${option}`) : []),
    ]),
  ];
}

/** Names that are filled in. */
const filled = (text = '') => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]));

/** The code of a folder, without what declares words and lists. */
const codeIn = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/^(words|index|code)\.ts$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');

describe.each(lessons)('$id', (lesson) => {
  const languages: [string, Words][] = Object.entries(lesson.words);

  test.each(languages)('says in %s all that is asked for', (_language, words) => {
    expect(keysOf(lesson).filter((key) => !words[key]?.trim())).toEqual([]);
  });

  test('fills the same into both languages, and nothing into what no run stands behind', () => {
    const { en, ko } = lesson.words;
    for (const [key, text] of Object.entries(en)) expect([key, filled(ko[key])]).toEqual([key, filled(text)]);
    const known = new Set(Object.keys(lesson.parameters));
    for (const key of ['title', 'idea', ...keysOf(lesson).filter((each) => /^(role|parameter|choice)\./.test(each))]) {
      expect([key, [...filled(en[key])]]).toEqual([key, []]);
    }
    // The question is asked before there is anything but parameters.
    expect([...filled(en.question)].filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  test('has words for its notes, figures and columns', () => {
    const { en } = lesson.words;
    const statement = path.join(import.meta.dirname, statementOf(lesson));
    const own = codeIn(path.join(statement, lesson.id));
    const keys = [
      ...[...own.matchAll(/\.note\('([\w-]+)'/g)].map((match) => `note.${match[1]}`),
      ...[...own.matchAll(/\.figure\('([\w-]+)'/g)].map((match) => `figure.${match[1]}`),
      ...[...own.matchAll(/'((?:column|axis|series|who|map)\.[\w-]+)'/g)].map((match) => match[1] ?? ''),
    ];
    expect(keys.filter((key) => !Object.hasOwn(en, key))).toEqual([]);
    // And none that nobody says.
    const code = own + codeIn(statement);
    const notes = Object.keys(en).flatMap((key) => /^(?:note|figure)\.(.+)$/.exec(key)?.[1] ?? []);
    expect(notes.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
  });
});
