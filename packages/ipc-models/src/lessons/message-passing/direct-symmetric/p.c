for (int number = 1; number <= MESSAGES; number++) {
    send(Q, message); // @send
    receive(Q, &message); // @receive
}
