while (received < MESSAGES) {
    if (receive(mailbox, &message) != NULL) // @receive
        received++;
    work(); // @work
}
