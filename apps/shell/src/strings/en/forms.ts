/** The answer to a form that is to be loaded again. */
export const forms = {
  resendTitle: 'Send the form again?',
  resendText:
    'This page is the answer to a form that you sent. To load it again, the form has to be sent again. What it did, such as an order, may then be done twice.',
  resend: 'Send again',
  formKeptTitle: 'This page needs the form again',
  formKept:
    'The page is the answer to a form and was not kept. It comes back only when the form is sent again. What the form did may then be done twice.',
  formLostTitle: 'The answer to this form was not kept',
  formLost:
    'You sent a form here before the program ended or the tab was closed. The page is its answer, and neither the form nor the answer is kept.',
  refusedSource:
    'This page answers a form that was sent. Bulkhead does not show its source: the form would have to be sent again for it.',
  withoutForm: 'Load the address without the form',
} as const;
