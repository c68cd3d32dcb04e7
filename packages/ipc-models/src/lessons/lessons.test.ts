import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listing, runsOn } from '../lab/index.ts';
import { lessonCode } from './code.ts';
import { findLesson, lessons, statementOf } from './index.ts';

const placeholders = (text: string) => new Set(text.match(/{{\w+}}/g));
const folderOf = (lesson: (typeof lessons)[number]) => path.join(import.meta.dirname, statementOf(lesson), lesson.id);

test('a lesson names an existing lesson for the death of a process', () => {
  const named = lessons.flatMap(({ whenKilled }) => whenKilled ?? []);
  expect(named).toContain('killed-midway');
  expect(named.filter((id) => !findLesson(id))).toEqual([]);
});

test('a setting that leads to another lesson names an existing one, and is not a parameter', () => {
  for (const { elsewhere = {}, parameters } of lessons) {
    for (const [name, ids] of Object.entries(elsewhere)) {
      expect(Object.hasOwn(parameters, name)).toBe(false);
      expect(Object.values(ids).filter((id) => !findLesson(id))).toEqual([]);
    }
  }
});

test('every lesson has a unique name', () => {
  expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
  expect(Object.keys(lessonCode).sort()).toEqual(lessons.map(({ id }) => id).sort());
});

/** Returns the text of a file and of the files that it imports in this package, except declarations. */
function reaches(file: string, seen = new Set<string>()): string {
  if (seen.has(file) || /\/(words|index)\.ts$/.test(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map((match) => path.join(path.dirname(file), match[1]!));
  return [text, ...imported.map((each) => reaches(each, seen))].join('\n');
}

test('a lesson needs Linux if and only if its programs make Linux’s calls or read /proc', () => {
  for (const lesson of lessons) {
    const files = readdirSync(folderOf(lesson)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const text = files.map((name) => reaches(path.join(folderOf(lesson), name))).join('\n');
    const ofMemory = [...text.matchAll(/import \{([^}]*)\} from '@bulkhead\/shared-memory'/g)];
    const names = ofMemory.flatMap(([, each = '']) => each.split(',').map((name) => name.trim()));
    const sharesMemory = names.some((name) => !/^(type .*|buffers|monotonicUs|)$/.test(name));
    const calls = /@bulkhead\/shared-memory\/(posix|system-calls|observing|address-space)'|['`]\/proc\//.test(text);
    expect([lesson.id, runsOn(lesson, 'darwin')]).toEqual([lesson.id, !sharesMemory && !calls]);
    expect(runsOn(lesson, 'linux')).toBe(true);
  }
  expect(lessons.filter((lesson) => runsOn(lesson, 'win32')).length).toBeGreaterThan(12);
});

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_id, lesson) => {
  const { en, ko } = lesson.words;

  test('has all texts in both languages, with the same placeholders', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      expect(text.trim(), key).not.toBe('');
      expect((ko[key] ?? '').trim(), key).not.toBe('');
      expect(placeholders(ko[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  test('has texts for its question, answers, roles and parameters', () => {
    const choices = Object.entries(lesson.parameters).flatMap(([name, each]) =>
      each.kind === 'choice' ? each.options.map((option) => `choice.${name}.${option}`) : [],
    );
    const keys = [
      'title',
      'idea',
      'question',
      ...lesson.answers.flatMap((answer) => [`answer.${answer}`, `outcome.${answer}`]),
      ...lesson.roles.map((role) => `role.${role}`),
      ...Object.keys(lesson.parameters).map((name) => `parameter.${name}`),
      ...choices,
    ];
    for (const key of keys) expect(en, key).toHaveProperty([key]);
  });

  test('has placeholders only where values are known: none without a run, only parameters in the question', () => {
    const names = Object.keys(lesson.parameters).map((name) => `{{${name}}}`);
    for (const [key, text] of Object.entries(en)) {
      if (/^(title|idea|role|parameter|choice)(\.|$)/.test(key)) expect([...placeholders(text)], key).toEqual([]);
    }
    expect([...placeholders(en.question ?? '')].filter((each) => !names.includes(each))).toEqual([]);
  });

  test('has a program for each role, with marked lines in its listings', () => {
    expect(Object.keys(lessonCode[lesson.id]?.roles ?? {}).sort()).toEqual([...lesson.roles].sort());
    const files = readdirSync(folderOf(lesson));
    let marked = false;
    for (const role of lesson.roles) {
      expect(files).toContain(`${role}.ts`);
      const lines = listing(readFileSync(path.join(folderOf(lesson), `${role}.ts`), 'utf8'));
      expect(lines.length, role).toBeGreaterThan(0);
      marked ||= lines.some(({ label }) => label !== undefined);
      if (!files.includes(`${role}.c`)) continue;
      const inC = listing(readFileSync(path.join(folderOf(lesson), `${role}.c`), 'utf8'));
      const labels = new Set(lines.flatMap(({ label }) => label ?? []));
      for (const { label } of inC) if (label !== undefined) expect(labels, `${role}.c`).toContain(label);
    }
    expect(marked).toBe(true);
  });

  test('has texts for the notes of its programs', () => {
    const sources = readdirSync(folderOf(lesson))
      .filter((name) => name.endsWith('.ts') && name !== 'words.ts')
      .map((name) => readFileSync(path.join(folderOf(lesson), name), 'utf8'))
      .join('\n');
    for (const [, key] of sources.matchAll(/\.note\('([^']+)'/g))
      expect(en, `note.${key}`).toHaveProperty([`note.${key}`]);
  });
});
