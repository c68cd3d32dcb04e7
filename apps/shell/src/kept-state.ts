/** State that a new document of the shell takes over from the previous one, which may have crashed. */
export interface KeptState {
  /** Text that was typed into the address bar and not sent, by tab. */
  drafts: [tab: number, text: string][];
  /** The popover that was open. */
  open: string | null;
}

/** Longest draft that is kept, characters. The browser takes 65,536 characters in all. */
const longestDraft = 4096;
const mostDrafts = 6;

export function writeKeptState({ drafts, open }: KeptState): string {
  const kept = drafts.filter(([, text]) => text.length <= longestDraft).slice(-mostDrafts);
  return JSON.stringify({ drafts: kept, open });
}

/** Parses a kept state; null if this version of the shell did not write it. */
export function readKeptState(text: string): KeptState | null {
  const value: unknown = parse(text);
  if (typeof value !== 'object' || value === null || !('drafts' in value) || !Array.isArray(value.drafts)) return null;
  const drafts = value.drafts.filter(
    (draft): draft is [number, string] =>
      Array.isArray(draft) && draft.length === 2 && Number.isInteger(draft[0]) && typeof draft[1] === 'string',
  );
  return { drafts, open: 'open' in value && typeof value.open === 'string' ? value.open : null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // written by another version
  }
}
