import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

const parse = (...args: string[]) => parseCommandLine(args, '/home/ada');

test('resolves the profile against the working directory', () => {
  expect(parse('--profile', 'p', 'https://a.example').profile).toBe('/home/ada/p');
});

test('opens file paths as file URLs and leaves URLs alone', () => {
  expect(parse('a page.html', '/tmp/b.html', 'https://c.example/', 'bulkhead://processes').addresses).toEqual([
    'file:///home/ada/a%20page.html',
    'file:///tmp/b.html',
    'https://c.example/',
    'bulkhead://processes',
  ]);
});

test('treats a local host with a port as a web address', () => {
  expect(parse('localhost:8080/x', '127.0.0.1:9', 'devbox:3000', '[::1]:80/a').addresses).toEqual([
    'http://localhost:8080/x',
    'http://127.0.0.1:9/',
    'http://devbox:3000/',
    'http://[::1]/a',
  ]);
});

test('treats a host name as a web address, unless it is more likely a file', () => {
  expect(parse('a.example', 'b.org/x', 'ada:secret@c.org', 'printer.local').addresses).toEqual([
    'http://a.example/',
    'https://b.org/x',
    'https://ada:secret@c.org/',
    'http://printer.local/',
  ]);
  expect(parse('missing.html', './d.org', '../e.org/', 'folder', '100% #1?.txt', 'a:b').addresses).toEqual([
    'file:///home/ada/missing.html',
    'file:///home/ada/d.org',
    'file:///home/e.org/',
    'file:///home/ada/folder',
    'file:///home/ada/100%25%20%231%3F.txt',
    'file:///home/ada/a:b',
  ]);
});

test('opens an existing file, whatever its name looks like', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-command-line-'));
  writeFileSync(path.join(folder, 'a.org'), '');
  expect(parseCommandLine(['a.org'], folder).addresses).toEqual([pathToFileURL(path.join(folder, 'a.org')).href]);
  rmSync(folder, { recursive: true });
});

test('ignores switches for Chromium', () => {
  expect(parse('--enable-features=A', '--drill', 'https://a.example')).toMatchObject({
    drill: 'short',
    addresses: ['https://a.example'],
  });
});

test('knows the kinds of drills', () => {
  expect(parse('--drill=full').drill).toBe('full');
  expect(parse('--drill=self-check').drill).toBe('self-check');
  expect(parse().drill).toBeUndefined();
});

test('is the victim of another browser only if that browser is named', () => {
  expect(parse('--victim-of=4711').victimOf).toBe(4711);
  for (const other of [[], ['--victim-of'], ['--victim-of=none'], ['--victim-of=-1']])
    expect(parse(...other).victimOf).toBeUndefined();
});

test('parses lessons, each with the common parameters and its own', () => {
  const { lab } = parse(
    '--lab',
    'a?x=1&y=2,b',
    '--lab-output',
    'out',
    '--set',
    'x=3',
    '--set',
    'z=4',
    '--limit',
    'seconds=2',
  );
  expect(lab).toEqual({
    lessons: [
      { lesson: 'a', parameters: { x: '1', y: '2', z: '4' } },
      { lesson: 'b', parameters: { x: '3', z: '4' } },
    ],
    limits: { seconds: '2' },
    output: '/home/ada/out',
  });
});
