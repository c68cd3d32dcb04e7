while (receive(mailbox, &message) == 0) // @receive
    ; /* the mailbox has ended when it is not 0 */
