/** The answer to a form that is to be loaded again. */
export const forms = {
  resendTitle: 'Send the form again?',
  resendText:
    'This page is the answer to a form that you sent. To load it again, the form has to be sent again. Anything that the form did, such as an order, may happen twice.',
  resend: 'Send again',
  formKeptTitle: 'This page needs the form again',
  formKept:
    'This page is the answer to a form and was not kept. It comes back only when the form is sent again. Anything that the form did may happen twice.',
  formLostTitle: 'The answer to this form was not kept',
  formLost:
    'You sent a form here before Bulkhead ended or the tab was closed. Neither the form nor its answer was kept.',
  refusedSource:
    'This page is the answer to a form. Bulkhead does not show its source, because the form would have to be sent again.',
  withoutForm: 'Load the address without the form',
} as const;
