/** Texts of the bars about windows and links that a page may not open. */
export const popups = {
  popupsBlocked_one: '{{count}} pop-up blocked',
  popupsBlocked_other: '{{count}} pop-ups blocked',
  popupsBlockedMany: '{{count}} or more pop-ups blocked',
  popupsTooMany: 'This page has opened {{count}} tabs that are still open. Close some, and it can open more.',
  popupsShow: 'Show them',
  popupsHide: 'Hide them',
  popupsList: 'Blocked pop-ups',
  popupOpen: 'Open',
  popupOpenHint: 'Open {{address}}',
  popupsAllow: 'Allow pop-ups of {{site}}',

  refusedLink: 'Bulkhead does not open {{scheme}} addresses.',
  refusedOtherLink: 'Bulkhead does not open addresses of other programs.',
} as const;
