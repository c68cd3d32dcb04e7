for (int number = 1; number <= MESSAGES; number++) {
    message = produce(); // @produce
    send(mailbox, message); // @send
}
