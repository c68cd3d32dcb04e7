while (true) {
    work(); // @consume
    receive(mailbox, &message); // @receive
}
