for (int number = 1; number <= MESSAGES; number++) {
    if (number % 2 == 1)
        work(); // @late
    send(mailbox, message); // @send
}
