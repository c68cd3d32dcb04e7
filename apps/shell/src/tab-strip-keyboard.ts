/** Effect of a key on a tab of the strip: moves the focus, activates the tab or closes it. */
export type TabKeyAction =
  | { do: 'focus'; index: number }
  | { do: 'activate' }
  | { do: 'close'; nextFocus: number | null };

/**
 * Keys of the tab strip: arrows, Home and End move the focus; Enter and Space activate; Delete closes. Null: no effect.
 */
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
      // Focus the neighbour that takes the place of the closed tab, or the last tab.
      return { do: 'close', nextFocus: count < 2 ? null : index === count - 1 ? index - 1 : index + 1 };
    default:
      return null;
  }
}
