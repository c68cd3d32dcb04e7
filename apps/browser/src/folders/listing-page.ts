import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Language } from '../runtime/languages.ts';
import { type FolderContent, type FolderEntry, mostEntries } from './read-folder.ts';

const words = {
  en: {
    title: (folder: string) => `Index of ${folder}`,
    name: 'Name',
    size: 'Size',
    changed: 'Changed',
    parent: 'Parent folder',
    empty: 'This folder is empty.',
    cut: (count: string) => `This folder has more entries. Only ${count} of them are listed.`,
  },
  ko: {
    title: (folder: string) => `${folder} 목록`,
    name: '이름',
    size: '크기',
    changed: '수정한 날짜',
    parent: '상위 폴더',
    empty: '빈 폴더입니다.',
    cut: (count: string) => `이 폴더에는 항목이 더 있습니다. ${count}개만 표시합니다.`,
  },
} as const;

/** The page runs and fetches nothing, whatever names it contains. */
export const listingPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `:root { color-scheme: light dark; --line: #8884; --muted: #667; }
@media (prefers-color-scheme: dark) { :root { --muted: #9ab; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; font: 0.9375rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.25rem; font-weight: 650; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th { text-align: start; font-weight: 550; font-size: 0.8125rem; color: var(--muted); }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child { overflow-wrap: anywhere; white-space: pre-wrap; }
td + td, th + th { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--muted); }
tr.hidden a { opacity: 0.6; }
a { color: light-dark(#0b57d0, #8ab4f8); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
@media (max-width: 34rem) { body { padding: 0 0.75rem; } td:last-child, th:last-child { display: none; } }`;

/** Number of rows made at once. They take well below the time of one frame. */
const rowsAtOnce = 500;

/** Yields the page that shows a folder, in pieces. */
export async function* listingPage(
  folder: string,
  { entries, isCut }: FolderContent,
  language: Language,
): AsyncGenerator<string> {
  const say = words[language];
  const shown = folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`;
  yield `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(say.title(shown))}</title><style>${style}</style><h1>${escaped(say.title(shown))}</h1>\n`;
  const parent = path.dirname(folder);
  if (parent !== folder) yield `<p><a href="${address(parent, true)}">↑ ${say.parent}</a></p>\n`;
  if (entries.length === 0) {
    yield `<p>${say.empty}</p>`;
    return;
  }
  yield `<table><thead><tr><th scope="col">${say.name}</th><th scope="col">${say.size}</th><th scope="col">${say.changed}</th></tr></thead><tbody>\n`;
  const { bytes, date } = formats(language);
  const row = (entry: FolderEntry) => {
    const size = entry.size === undefined ? '' : bytes(entry.size);
    const changed = entry.changed === undefined ? '' : date(entry.changed);
    const hidden = entry.name.startsWith('.') ? ' class="hidden"' : '';
    return `<tr${hidden}><td>${link(folder, entry)}</td><td>${size}</td><td>${changed}</td></tr>\n`;
  };
  for (let index = 0; index < entries.length; index += rowsAtOnce) {
    yield entries
      .slice(index, index + rowsAtOnce)
      .map(row)
      .join('');
    await setImmediate();
  }
  yield '</tbody></table>';
  if (isCut) yield `<p>${say.cut(mostEntries.toLocaleString(language))}</p>`;
}

function link(folder: string, { name, isFolder }: FolderEntry): string {
  const text = `<bdi>${escaped(name)}</bdi>${isFolder ? '/' : ''}`;
  // A name that is not valid UTF-8 cannot be addressed here.
  return name.includes('\ufffd') ? text : `<a href="${address(path.join(folder, name), isFolder)}">${text}</a>`;
}

const address = (file: string, isFolder: boolean): string =>
  escaped(pathToFileURL(isFolder && !file.endsWith(path.sep) ? `${file}${path.sep}` : file).href);

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

function formats(language: Language) {
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const numbers = units.map(
    (unit) => new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 3 }),
  );
  return {
    date: (at: number) => dates.format(at),
    bytes: (size: number) => {
      const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
      return numbers[power]?.format(size / 1000 ** power) ?? '';
    },
  };
}
