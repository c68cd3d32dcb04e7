/** Questions of a page, and of the browser about a page. */
export const dialogs = {
  dialogSays: '{{site}} says',
  dialogPage: 'This page says',
  dialogEmbeddedSays: 'An embedded page at {{site}} says',
  dialogEmbedded: 'An embedded page says',
  dialogText: 'Your answer',
  silence: 'No more dialogs from this page',
  leaveTitle: 'Leave this page?',
  leaveText: 'Changes that you made may not be saved.',
  closingTitle: 'Close the window?',
  closingText_one: 'Changes that you made in this tab may not be saved:',
  closingText_other: 'Changes that you made in these {{count}} tabs may not be saved:',
  leave: 'Leave',
  stay: 'Stay',

  ok: 'OK',
  cancel: 'Cancel',
} as const;
