import { describe, expect, test } from 'vitest';
import { emptyDocument, ShownAddress } from './shown-address.ts';

const begun = (shown: ShownAddress, address: string) => {
  shown.ask(address);
  shown.started({ byPage: false });
};

/** Returns a tab that shows a document at `https://a.example/`. */
const loaded = () => {
  const shown = new ShownAddress();
  begun(shown, 'https://a.example/');
  shown.commit('https://a.example/');
  return shown;
};

describe('the address that a tab shows', () => {
  test('is the typed address while it loads, and the committed one after that', () => {
    const shown = loaded();
    shown.ask('https://slow.example');
    expect(shown.current).toBe('https://slow.example');
    shown.started({ byPage: false });
    expect(shown.current).toBe('https://slow.example');
    shown.commit('https://slow.example/moved');
    expect(shown.current).toBe('https://slow.example/moved');
  });

  test('stays the typed address when the page before commits late', () => {
    const shown = loaded();
    begun(shown, 'https://slow.example/');
    shown.commit('https://late.example/', { isLate: true });
    expect(shown.current).toBe('https://slow.example/');
    expect(shown.committed).toBe('https://late.example/');
    shown.stopped();
    expect(shown.current).toBe('https://late.example/');
  });

  test('is never an address that only a page asked for', () => {
    const shown = loaded();
    shown.started({ byPage: true });
    expect(shown.current).toBe('https://a.example/');
  });

  test('is about:blank in a window opened by a page, whatever that window waits for', () => {
    const shown = new ShownAddress(emptyDocument);
    shown.started({ byPage: true });
    expect(shown.current).toBe('about:blank');
    shown.stopped();
    expect(shown.current).toBe('about:blank');
  });

  test('is only about:blank for an empty document, whatever its opener appended', () => {
    const shown = new ShownAddress(emptyDocument);
    for (const text of ['about:blank#www.bank.example', 'about:blank?www.bank.example', 'about:blank#\n\u202e']) {
      shown.commit(text);
      expect(shown.current).toBe(emptyDocument);
      shown.commitInPage(text);
      expect(shown.current).toBe(emptyDocument);
    }
  });

  test('is the committed address again when the page goes elsewhere first', () => {
    const shown = loaded();
    begun(shown, 'https://slow.example/');
    shown.started({ byPage: true });
    expect(shown.current).toBe('https://a.example/');
    shown.commit('https://b.example/');
    expect(shown.current).toBe('https://b.example/');
  });

  test('is the committed address again after Stop, a download and an answer without content', () => {
    for (const end of ['abandon', 'stopped'] as const) {
      const shown = loaded();
      begun(shown, 'https://slow.example/');
      shown[end]();
      expect(shown.current).toBe('https://a.example/');
    }
  });

  test('stays the typed address when the page before stops loading meanwhile', () => {
    const shown = loaded();
    shown.ask('https://slow.example/');
    shown.stopped();
    expect(shown.current).toBe('https://slow.example/');
  });

  test('stays the typed address while the page changes its own address', () => {
    const shown = loaded();
    begun(shown, 'https://slow.example/');
    shown.commitInPage('https://a.example/#two');
    expect(shown.current).toBe('https://slow.example/');
    shown.stopped();
    expect(shown.current).toBe('https://a.example/#two');
  });

  test('is the committed address while a page asks whether the user wants to leave, and the new one after Leave', () => {
    const shown = loaded();
    shown.ask('https://b.example/');
    shown.held();
    expect(shown.current).toBe('https://a.example/');
    shown.started({ byPage: false });
    expect(shown.current).toBe('https://b.example/');
  });

  test('is the committed address during Back', () => {
    const shown = loaded();
    begun(shown, 'https://slow.example/');
    shown.started({ byPage: false });
    expect(shown.current).toBe('https://a.example/');
  });

  test('is the typed address in a tab that never had a document', () => {
    const shown = new ShownAddress();
    begun(shown, 'https://slow.example/');
    shown.stopped();
    expect(shown.current).toBe('https://slow.example/');
    expect(shown.asked).toBe('https://slow.example/');
  });
});
