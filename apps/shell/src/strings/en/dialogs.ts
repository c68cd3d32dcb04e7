/** Questions of a page, and of the browser about a page. */
export const dialogs = {
  dialogSays: '{{site}} says',
  dialogPage: 'This page says',
  dialogEmbeddedSays: 'An embedded page at {{site}} says',
  dialogEmbedded: 'An embedded page says',
  dialogText: 'Your answer',
  silence: 'No more dialogs from this page',
  ok: 'OK',
  cancel: 'Cancel',
} as const;
