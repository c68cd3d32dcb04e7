import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGeneration, headerLine, type Mark, recordLine, type SessionRecord } from './generation.ts';
import { recordOfTabs, sessionOfTabs, tabOf } from './testing/sessions.ts';

const lines = (...records: [Mark, SessionRecord][]) =>
  [headerLine(7), ...records.map(([mark, record]) => recordLine(7, mark, record))].join('');
const decode = (text: string | Buffer) => {
  const found = decodeGeneration(Buffer.from(text));
  return found && { ...found, session: found.session() };
};

const whole = lines(['-', recordOfTabs('one', 'two')], ['=', {}]);
const changed = `${whole}${recordLine(7, '-', { titles: [[2, 'other']], active: 2 })}`;
const after = { windows: [{ activeTab: 1, tabs: [tabOf('one'), { ...tabOf('two') }] }] };
after.windows[0]?.tabs[1]?.entries.splice(0, 1, { address: 'https://example.org/two', title: 'other' });

test('reads back what was written, with the changes since', () => {
  expect(decode(whole)).toEqual({ number: 7, clean: false, damaged: false, session: sessionOfTabs('one', 'two') });
  expect(decode(changed)).toEqual({ number: 7, clean: false, damaged: false, session: after });
});

test('is the same session whether it was written in one line or in many', () => {
  const title = fc.string({ unit: 'grapheme', maxLength: 8 });
  const changes = fc.array(fc.array(title, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(changes, (all) => {
      const records = all.map((titles): [Mark, SessionRecord] => ['-', recordOfTabs(...titles)]);
      expect(decode(lines(['=', {}], ...records))?.session).toEqual(sessionOfTabs(...(all.at(-1) ?? [])));
    }),
  );
});

test('ends at the end mark, and says whether the user ended the session', () => {
  for (const mark of ['clean', 'unclean'] as const) {
    const ended = `${changed}${recordLine(7, mark, {})}${recordLine(7, '-', recordOfTabs('late'))}`;
    expect(decode(ended)).toMatchObject({ clean: mark === 'clean', damaged: false, session: after });
  }
});

test('a file that is cut off anywhere is rejected, or loses only the line with the cut', () => {
  for (let length = 0; length < changed.length; length++) {
    const found = decode(changed.slice(0, length));
    if (length < whole.length) expect(found).toBeUndefined();
    else expect(found).toMatchObject({ damaged: false, session: sessionOfTabs('one', 'two') });
  }
});

test('a file with any byte changed is rejected, or loses the damaged line and says so', () => {
  const longer = Buffer.from(`${changed}${recordLine(7, '-', { active: 1 })}`);
  for (const index of longer.keys()) {
    const other = Buffer.from(longer);
    other[index] = (other[index] ?? 0) ^ 1;
    const found = decode(other);
    if (index < whole.length) expect(found).toBeUndefined();
    else if (index < changed.length)
      expect(found).toMatchObject({ damaged: true, session: sessionOfTabs('one', 'two') });
    else expect(found?.session).toEqual(after);
  }
});

test('rejects a later version, and treats a line of another generation as damage', () => {
  expect(decode(whole.replace('"version":2', '"version":3'))).toBeUndefined();
  expect(decode(whole + recordLine(6, '-', { active: 2 }))).toMatchObject({ damaged: true });
});

test('leaves out a tab whose line is missing, and rejects content that is not a session', () => {
  expect(decode(lines(['-', recordOfTabs('one')], ['=', { order: [9, 1], active: 9 }]))?.session).toEqual(
    sessionOfTabs('one'),
  );
  expect(decode(lines(['=', {}]))?.session).toBeUndefined();
  expect(decode(lines(['=', { tabs: [[1, {} as never]], order: [1] }]))?.session).toBeUndefined();
});

test('reads a file of the previous release if its checksum is right', () => {
  const body = JSON.stringify(sessionOfTabs('old'));
  const checksum = createHash('sha256')
    .update(JSON.stringify([1, 3, true]))
    .update(body)
    .digest('hex');
  const facts = { format: 'bulkhead session', version: 1, generation: 3, clean: true, checksum };
  const text = `${JSON.stringify(facts)}\n${body}`;
  expect(decode(text)).toEqual({ number: 3, clean: true, damaged: false, session: sessionOfTabs('old') });
  expect(decode(text.slice(0, -1))).toBeUndefined();
  expect(decode(text.replace('"clean":true', '"clean":false'))).toBeUndefined();
});
