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
  close: 'Close',
  stay: 'Stay',

  signIn: 'Sign in to {{host}}',
  signInProxy: 'Sign in to the proxy {{host}}',
  signInRealm: 'The server says: “{{realm}}”',
  signInInsecure: 'The connection is not encrypted: others can read what you send.',
  signInAgain: 'The name or the password was not accepted.',
  signInButton: 'Sign in',
  userName: 'User name',
  password: 'Password',

  thisPage: 'This page',
  fullScreenHint: '{{site}} fills the screen. Press Esc to leave full screen.',
  pointerLockHint: '{{site}} has hidden your mouse pointer. Press Esc to show it.',

  ok: 'OK',
  cancel: 'Cancel',
} as const;
