/** What a key pressed on a tab of the strip does: move the focus, show the tab, close it, or nothing. */
export type TabKeyAction =
  | { do: 'focus'; index: number }
  | { do: 'activate' }
  | { do: 'close'; nextFocus: number | null };

/** The keys of the tab strip: arrows, Home and End move without showing, Enter and Space show, Delete closes. */
export function tabKeyAction(key: string, index: number, count: number): TabKeyAction | null {
  switch (key) {
    case 'ArrowRight':
      return { do: 'focus', index: (index + 1) % count };
    case 'ArrowLeft':
      return { do: 'focus', index: (index - 1 + count) % count };
    case 'Home':
      return { do: 'focus', index: 0 };
    case 'End':
      return { do: 'focus', index: count - 1 };
    case 'Enter':
    case ' ':
      return { do: 'activate' };
    case 'Delete':
      // The neighbour that will stand where the closed tab stood, or the last one.
      return { do: 'close', nextFocus: count < 2 ? null : index === count - 1 ? index - 1 : index + 1 };
    default:
      return null;
  }
}
